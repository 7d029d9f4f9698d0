package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows that are looked up by any of their names. Case, blanks and punctuation do not count, except
 * that {@code +} reads as {@code p}: {@code DPM++ 2M}, {@code dpmpp_2m} and {@code dpm++2m} are one
 * name.
 *
 * @param <T> what a row is
 */
public final class Catalogue<T> {
  private final String kind;
  private final List<T> rows;
  private final Function<T, String> label;
  private final Map<String, T> byName = new LinkedHashMap<>();

  /**
   * A catalogue.
   *
   * @param kind what the rows are, for messages: {@code "sampler"}
   * @param rows in the order in which they are listed
   * @param label the name that people are shown
   * @param otherNames what else a row is called
   * @throws IllegalArgumentException if two rows share a name
   */
  public Catalogue(
      String kind, List<T> rows, Function<T, String> label, Function<T, List<String>> otherNames) {
    this.kind = kind;
    this.rows = List.copyOf(rows);
    this.label = label;
    for (T row : rows) {
      add(label.apply(row), row);
      otherNames.apply(row).forEach(name -> add(name, row));
    }
  }

  private void add(String name, T row) {
    T other = byName.putIfAbsent(plain(name), row);
    if (other != null && !other.equals(row)) {
      throw new IllegalArgumentException("two " + kind + "s are called " + name);
    }
  }

  /** {@return all rows, in the order in which they are listed} */
  public List<T> rows() {
    return rows;
  }

  /**
   * {@return the row of a name, or empty}
   *
   * @param name any of a row's names
   */
  public Optional<T> find(String name) {
    return Optional.ofNullable(byName.get(plain(name)));
  }

  /**
   * The row of a name.
   *
   * @param name any of a row's names
   * @return the row
   * @throws InvalidRequestException if there is none; the message names the nearest
   */
  public T get(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  /**
   * What to throw for a name that is not here.
   *
   * @param name that was asked for
   * @return an exception whose message names the nearest row and all rows
   */
  public InvalidRequestException unknown(String name) {
    return new InvalidRequestException(
        "unknown "
            + kind
            + " \""
            + name
            + "\""
            + nearest(name)
                .map(row -> "; did you mean " + label.apply(row) + "? Known are ")
                .orElse("; known are ")
            + rows.stream().map(label).collect(Collectors.joining(", ")));
  }

  private Optional<T> nearest(String name) {
    return nearest(name, byName.keySet()).flatMap(this::find);
  }

  /**
   * {@return which of some names was perhaps meant, if no more than half of its letters differ}
   *
   * @param wanted what was asked for
   * @param known the names to choose from
   */
  public static Optional<String> nearest(String wanted, Collection<String> known) {
    String plain = plain(wanted);
    return known.stream()
        .filter(name -> !plain(name).isEmpty())
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
        .filter(name ->
            2 * distance(plain, plain(name)) <= Math.max(plain.length(), plain(name).length()));
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('+', 'p').replaceAll("[^a-z0-9]", "");
  }

  /** The least number of letters to insert, remove or replace. Levenshtein 1966. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[to.length()];
  }
}
