package io.songe.data.compose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lists of words that come with this package: one list, or a part of one, in each line. */
final class WordLists {
  private WordLists() {}

  /**
   * Reads a list.
   *
   * @param name of the resource
   * @return the words of each line; comments and empty lines are left out
   */
  static List<List<String>> read(String name) {
    try (InputStream in = Objects.requireNonNull(WordLists.class.getResourceAsStream(name), name);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.strip().split(" ", -1)))
          .toList();
    } catch (IOException ownResource) {
      throw new UncheckedIOException(ownResource);
    }
  }
}
