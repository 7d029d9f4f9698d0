package io.songe.data.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives gradients back a transformation that an optimiser of files has taken away. A gradient may
 * refer to another and then inherits its transformation, unless it has its own; dropping one that
 * changes nothing therefore changes the drawing. It shows where the other turns the axis upside
 * down, with its centre below zero, and this one has its centre above: four faces of Noto Emoji
 * would be orange discs.
 */
final class GradientRepair {
  private static final Pattern REFERRING =
      Pattern.compile(
          "<(?:radial|linear)Gradient(?![^>]*gradientTransform)(?=[^>]* cy=\"\\d)[^>]*?href=\"#([^\"]+)\"");

  private GradientRepair() {}

  /** {@return the drawing, repaired where that is needed} */
  static String repaired(String svg) {
    Matcher gradients = REFERRING.matcher(svg);
    StringBuilder result = new StringBuilder(svg.length());
    while (gradients.find()) {
      boolean turned =
          Pattern.compile(
                  "<(?:radial|linear)Gradient id=\"%s\"(?=[^>]* cy=\"-)[^>]*gradientTransform=\"matrix\\(1 0 0 -1 "
                      .formatted(Pattern.quote(gradients.group(1))))
              .matcher(svg)
              .find();
      String whole = gradients.group();
      gradients.appendReplacement(
          result,
          Matcher.quoteReplacement(
              turned ? whole + " gradientTransform=\"matrix(1 0 0 1 0 0)\"" : whole));
    }
    return gradients.appendTail(result).toString();
  }
}
