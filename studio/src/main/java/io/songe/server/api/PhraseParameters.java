package io.songe.server.api;

import io.songe.file.FileLabel;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters at the end of a phrase, as people type them after {@code /imagine}: {@code a
 * castle --ar 3:2 --seed 5 --no people, cars}. {@code docs/api.md} says what each does.
 *
 * @param phrase what is before them
 * @param ratio width to height
 * @param seed of the first picture
 * @param without what is to be kept away
 * @param chaos how unlike the pictures of a job are, 0 to 100
 * @param stylize how strongly the phrase and its style count, 0 to 1000; 100 is usual
 * @param tile whether the picture is to continue at its opposite edge
 * @param repeat how many jobs
 * @param stop which share of the steps is taken, in hundredths, 10 to 100
 * @param imageWeight how much a start picture counts, 0 to 2
 */
record PhraseParameters(
    String phrase,
    Optional<Double> ratio,
    Optional<Long> seed,
    Optional<String> without,
    Optional<Integer> chaos,
    Optional<Integer> stylize,
    boolean tile,
    Optional<Integer> repeat,
    Optional<Integer> stop,
    Optional<Double> imageWeight) {
  private static final String FIELD = "phrase";

  /** Telephones make a dash of two hyphens. */
  private static final Pattern START = Pattern.compile("(?<!\\S)(--|[—–])(\\p{L}[\\p{L}\\p{N}-]*)");

  private static final Pattern RATIO = Pattern.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,3}([.,][0-9]{1,6})?");
  private static final double WIDEST = 8;
  private static final int MOST_REPEATS = 10;

  /** What can be said, each by its name, or by another one. */
  private enum Name {
    AR("ar", "aspect"),
    SEED("seed", "seed"),
    NO("no", "no"),
    CHAOS("chaos", "c"),
    STYLIZE("stylize", "s"),
    TILE("tile", "tile"),
    REPEAT("repeat", "r"),
    STOP("stop", "stop"),
    IW("iw", "iw");

    private final String name;
    private final String other;

    Name(String name, String other) {
      this.name = name;
      this.other = other;
    }

    static Optional<Name> of(String typed) {
      return Stream.of(values())
          .filter(each -> typed.equalsIgnoreCase(each.name) || typed.equalsIgnoreCase(each.other))
          .findFirst();
    }

    String shown() {
      return "--" + name;
    }

    static String known() {
      return Stream.of(values()).map(Name::shown).collect(Collectors.joining(", "));
    }
  }

  /**
   * Reads a phrase.
   *
   * @param typed with or without parameters
   * @throws HttpFailure if there is one that is not known, is there twice, or has a value that
   *     cannot be
   */
  static PhraseParameters parse(String typed) {
    Map<Name, String> values = new EnumMap<>(Name.class);
    Matcher starts = START.matcher(typed);
    int end = typed.length();
    MatchResult last = null;
    for (MatchResult start : starts.results().filter(PhraseParameters::isParameter).toList()) {
      if (last == null) {
        end = start.start();
      } else {
        put(values, last, typed.substring(last.end(), start.start()));
      }
      last = start;
    }
    if (last != null) {
      put(values, last, typed.substring(last.end()));
    }
    return of(typed.substring(0, end).strip(), values);
  }

  /** A dash before any other word belongs to the phrase. */
  private static boolean isParameter(MatchResult start) {
    return start.group(1).equals("--") || Name.of(start.group(2)).isPresent();
  }

  private static void put(Map<Name, String> values, MatchResult start, String value) {
    Name name =
        Name.of(start.group(2))
            .orElseThrow(() ->
                refused(
                    "%s is not known at the end of a phrase; known are %s"
                        .formatted(FileLabel.shorten("--" + start.group(2)), Name.known())));
    if (values.put(name, value.strip()) != null) {
      throw refused(name.shown() + " is there twice");
    }
  }

  private static PhraseParameters of(String phrase, Map<Name, String> values) {
    Optional<String> tile = Optional.ofNullable(values.get(Name.TILE));
    if (tile.filter(value -> !value.isEmpty()).isPresent()) {
      throw wrong(Name.TILE, "stands alone", tile.get());
    }
    Optional<String> without = Optional.ofNullable(values.get(Name.NO));
    if (without.filter(String::isEmpty).isPresent()) {
      throw wrong(Name.NO, "needs words, such as --no people, cars", "");
    }
    return new PhraseParameters(
        phrase,
        Optional.ofNullable(values.get(Name.AR)).map(PhraseParameters::ratio),
        whole(values, Name.SEED, 0, Fields.MOST_WHOLE),
        without,
        small(values, Name.CHAOS, 0, 100),
        small(values, Name.STYLIZE, 0, 1000),
        tile.isPresent(),
        small(values, Name.REPEAT, 1, MOST_REPEATS),
        small(values, Name.STOP, 10, 100),
        Optional.ofNullable(values.get(Name.IW)).map(PhraseParameters::weight));
  }

  private static double ratio(String value) {
    Matcher parts = RATIO.matcher(value);
    if (!parts.matches()) {
      throw wrong(Name.AR, "needs two whole numbers such as 3:2", value);
    }
    double ratio = Double.parseDouble(parts.group(1)) / Double.parseDouble(parts.group(2));
    if (ratio > WIDEST || ratio < 1 / WIDEST) {
      throw wrong(Name.AR, "goes from 1:8 to 8:1", value);
    }
    return ratio;
  }

  private static double weight(String value) {
    double weight =
        DECIMAL.matcher(value).matches() ? Double.parseDouble(value.replace(',', '.')) : Double.NaN;
    if (!(weight >= 0 && weight <= 2)) {
      throw wrong(Name.IW, "needs a number from 0 to 2", value);
    }
    return weight;
  }

  private static Optional<Integer> small(Map<Name, String> values, Name name, int least, int most) {
    return whole(values, name, least, most).map(Math::toIntExact);
  }

  private static Optional<Long> whole(Map<Name, String> values, Name name, long least, long most) {
    return Optional.ofNullable(values.get(name))
        .map(value -> {
          long number = WHOLE.matcher(value).matches() ? Long.parseLong(value) : -1;
          if (number < least || number > most) {
            throw wrong(name, "needs a whole number from " + least + " to " + most, value);
          }
          return number;
        });
  }

  private static HttpFailure wrong(Name name, String rule, String value) {
    return refused(
        "%s %s, got \"%s\"; parameters come last, after all words of the phrase"
            .formatted(name.shown(), rule, FileLabel.shorten(value)));
  }

  private static HttpFailure refused(String message) {
    return Refused.field(FIELD, message);
  }
}
