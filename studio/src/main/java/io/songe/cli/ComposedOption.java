package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.compose.Composition.Kind;
import io.songe.error.InvalidRequestException;
import io.songe.train.textimage.LatentPlan;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many pictures are composed: one part of all for the usual kinds, or a part for each kind. */
final class ComposedOption {
  private static final String NAME = "--composed";

  private ComposedOption() {}

  /**
   * The shares that were asked for.
   *
   * @param text as {@code 0.4}, or as {@code recoloured=0.15,background=0.2}
   * @throws InvalidRequestException if it is neither, or names an unknown kind or one twice
   * @throws IllegalArgumentException if the parts cannot be
   */
  static Map<Kind, Double> parse(String text, Surroundings around) {
    if (!text.contains("=")) {
      return LatentPlan.shares(DecimalOption.parse(NAME, text, around));
    }
    Map<Kind, Double> parts = new EnumMap<>(Kind.class);
    for (String each : text.split(",", -1)) {
      String[] named = each.split("=", 2);
      Kind kind = kind(named[0].strip(), each, around);
      String share = named.length == 2 ? named[1] : "";
      if (parts.put(kind, DecimalOption.parse(NAME, share, around)) != null) {
        throw not(each, around);
      }
    }
    return LatentPlan.shares(parts);
  }

  private static Kind kind(String name, String part, Surroundings around) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.PLAIN && kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> not(part, around));
  }

  private static InvalidRequestException not(String part, Surroundings around) {
    return new InvalidRequestException(around.say(Text.NOT_A_SHARE, part));
  }
}
