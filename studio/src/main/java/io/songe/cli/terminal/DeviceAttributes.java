package io.songe.cli.terminal;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A terminal's answer to the question what it is, DA1: {@code ESC [ ? 64 ; 4 ; 22 c}, say.
 *
 * @param codes the numbers of the answer; the first is the level of conformance
 */
record DeviceAttributes(Set<Integer> codes) {
  static final String QUESTION = "\033[c";

  private static final Pattern ANSWER = Pattern.compile("\033\\[\\?([0-9]{1,4}(?:;[0-9]{1,4})*)c");
  private static final int SIXEL = 4;

  DeviceAttributes {
    codes = Set.copyOf(codes);
  }

  /** The answer within what was read, which may hold typed characters around it. */
  static Optional<DeviceAttributes> parse(String read) {
    Matcher matcher = ANSWER.matcher(read);
    return matcher.find()
        ? Optional.of(
            new DeviceAttributes(
                Stream.of(matcher.group(1).split(";"))
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet())))
        : Optional.empty();
  }

  boolean sixel() {
    return codes.contains(SIXEL);
  }
}
