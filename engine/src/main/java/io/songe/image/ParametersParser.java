package io.songe.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link ParametersText}. The last line is scanned by hand: the regular expression that
 * defines it in the web UI would overflow Java's stack on a long quoted value.
 */
final class ParametersParser {
  private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");
  private static final int DEEPEST = 64;

  private final String line;
  private final List<Parameter> parameters = new ArrayList<>();
  private int withColon;

  private ParametersParser(String line) {
    this.line = line;
  }

  static ParametersText parse(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.strip().split("\n", -1)));
    List<Parameter> parameters = readLine(lines.getLast());
    if (!parameters.isEmpty()) {
      lines.removeLast();
    }
    var prompt = new StringBuilder();
    var negative = new StringBuilder();
    StringBuilder current = prompt;
    for (String untrimmed : lines) {
      String line = untrimmed.strip();
      while (line.startsWith(ParametersText.NEGATIVE)) {
        current = negative;
        line = line.substring(ParametersText.NEGATIVE.length()).strip();
      }
      if (!current.isEmpty()) {
        current.append('\n');
      }
      current.append(line);
    }
    return new ParametersText(prompt.toString().strip(), negative.toString().strip(), parameters);
  }

  /** The parameters of a line; none if it has too few, or is the negative prompt. */
  static List<Parameter> readLine(String line) {
    if (line.strip().startsWith(ParametersText.NEGATIVE)) {
      return List.of();
    }
    var parser = new ParametersParser(line);
    parser.scan();
    return parser.withColon >= ParametersText.LEAST_PARAMETERS ? parser.parameters : List.of();
  }

  static SequencedMap<String, String> splitSizes(List<Parameter> parameters) {
    SequencedMap<String, String> split = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Matcher size = SIZE.matcher(parameter.value());
      if (size.matches()) {
        split.put(parameter.key() + "-1", size.group(1));
        split.put(parameter.key() + "-2", size.group(2));
      } else {
        split.put(parameter.key(), parameter.value());
      }
    }
    return split;
  }

  /** Whether a text can be a key; the negative prompt's own mark cannot. */
  static boolean isKey(String text) {
    return text.length() > 1
        && !ParametersText.NEGATIVE.equals(text + ":")
        && isWordCharacter(text.charAt(0))
        && text.charAt(text.length() - 1) != ' '
        && text.chars().allMatch(each -> isKeyCharacter((char) each));
  }

  private static boolean isWordCharacter(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }

  private static boolean isKeyCharacter(char character) {
    return isWordCharacter(character) || character == ' ' || character == '-' || character == '/';
  }

  private void scan() {
    int position = 0;
    boolean afterComma = true;
    while (position < line.length()) {
      int stop = firstOf(position, ":,");
      boolean colon = stop < line.length() && line.charAt(stop) == ':';
      String key = keyBefore(position, stop);
      if (colon && isKey(key)) {
        position = readValue(key, stop + 1);
      } else {
        String alone = line.substring(position, stop).strip();
        if (!colon && afterComma && isKey(alone)) {
          parameters.add(new Parameter(alone, alone));
        }
        position = stop + 1;
      }
      afterComma = line.charAt(Math.min(position, line.length()) - 1) == ',';
    }
  }

  private int firstOf(int from, String wanted) {
    int position = from;
    while (position < line.length() && wanted.indexOf(line.charAt(position)) < 0) {
      position++;
    }
    return position;
  }

  /** The longest run of key characters that ends there, from its first word character on. */
  private String keyBefore(int from, int end) {
    int begin = end;
    while (begin > from && isKeyCharacter(line.charAt(begin - 1))) {
      begin--;
    }
    while (begin < end && !isWordCharacter(line.charAt(begin))) {
      begin++;
    }
    return line.substring(begin, end).stripTrailing();
  }

  /** Adds the value that begins there, and gives the place after the comma behind it. */
  private int readValue(String key, int from) {
    int begin = skipSpaces(from);
    int end =
        followedByComma(endOfQuoted(begin))
            .or(() -> followedByComma(endOfJson(begin)))
            .orElseGet(() -> firstOf(from, ","));
    String value = line.substring(Math.min(begin, end), end).stripTrailing();
    parameters.add(new Parameter(key, JsonString.read(value).orElse(value)));
    withColon++;
    return end + 1;
  }

  private int skipSpaces(int from) {
    int position = from;
    while (position < line.length() && Character.isWhitespace(line.charAt(position))) {
      position++;
    }
    return position;
  }

  private Optional<Integer> followedByComma(OptionalInt end) {
    if (end.isEmpty()) {
      return Optional.empty();
    }
    int next = skipSpaces(end.getAsInt());
    boolean ends = next == line.length() || line.charAt(next) == ',';
    return ends ? Optional.of(next) : Optional.empty();
  }

  /** The place after the quote that closes the one at the beginning. */
  private OptionalInt endOfQuoted(int begin) {
    if (begin == line.length() || line.charAt(begin) != '"') {
      return OptionalInt.empty();
    }
    for (int i = begin + 1; i < line.length(); i++) {
      if (line.charAt(i) == '"') {
        return OptionalInt.of(i + 1);
      }
      if (line.charAt(i) == '\\') {
        i++;
      }
    }
    return OptionalInt.empty();
  }

  /** The place after the bracket that closes the one at the beginning, however they are nested. */
  private OptionalInt endOfJson(int begin) {
    if (begin == line.length() || !isOpening(line.charAt(begin))) {
      return OptionalInt.empty();
    }
    int depth = 0;
    int position = begin;
    while (position < line.length() && depth <= DEEPEST) {
      char character = line.charAt(position);
      if (character == '"') {
        OptionalInt end = endOfQuoted(position);
        if (end.isEmpty()) {
          return end;
        }
        position = end.getAsInt();
        continue;
      }
      position++;
      if (isOpening(character)) {
        depth++;
      } else if (character == ']' || character == '}') {
        depth--;
      }
      if (depth == 0) {
        return OptionalInt.of(position);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isOpening(char character) {
    return character == '[' || character == '{';
  }
}
