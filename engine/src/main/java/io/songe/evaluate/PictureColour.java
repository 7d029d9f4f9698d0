package io.songe.evaluate;

import io.songe.data.compose.Tint;
import io.songe.image.Colour;
import io.songe.image.Image;

/**
 * The colours of a picture: of what is drawn, and of the ground around it. A picture that is opaque
 * all over is taken for drawn on white where it is nearly white.
 */
final class PictureColour {
  private static final int NEARLY_WHITE = 244;
  private static final int RIM = 16;

  private PictureColour() {}

  /** The tint that is nearest to the mean colour of what is drawn. */
  static Tint ofThing(Image picture) {
    byte[] rgba = picture.rgba();
    boolean opaque = !picture.hasTransparency();
    double[] sums = new double[3];
    double weights = 0;
    for (int i = 0; i < rgba.length; i += 4) {
      boolean ground =
          opaque
              && (rgba[i] & 0xff) > NEARLY_WHITE
              && (rgba[i + 1] & 0xff) > NEARLY_WHITE
              && (rgba[i + 2] & 0xff) > NEARLY_WHITE;
      double weight = ground ? 0 : (rgba[i + 3] & 0xff) / 255.0;
      weights += weight;
      for (int plane = 0; plane < 3; plane++) {
        sums[plane] += weight * (rgba[i + plane] & 0xff);
      }
    }
    return weights < 1 ? Tint.WHITE : nearest(sums, weights);
  }

  /** The tint that is nearest to the mean colour of the picture's rim, a sixteenth of its side. */
  static Tint ofGround(Image picture) {
    Image onWhite = picture.over(Colour.WHITE);
    int rim = Math.max(1, Math.min(onWhite.width(), onWhite.height()) / RIM);
    double[] sums = new double[3];
    double weights = 0;
    for (int y = 0; y < onWhite.height(); y++) {
      for (int x = 0; x < onWhite.width(); x++) {
        boolean outside =
            x < rim || y < rim || x >= onWhite.width() - rim || y >= onWhite.height() - rim;
        if (outside) {
          Colour colour = onWhite.at(x, y);
          sums[0] += colour.red();
          sums[1] += colour.green();
          sums[2] += colour.blue();
          weights++;
        }
      }
    }
    return nearest(sums, weights);
  }

  private static Tint nearest(double[] sums, double weights) {
    return Tint.nearest(
        Colour.opaque(
            (int) Math.round(sums[0] / weights),
            (int) Math.round(sums[1] / weights),
            (int) Math.round(sums[2] / weights)));
  }
}
