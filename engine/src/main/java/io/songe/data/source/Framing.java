package io.songe.data.source;

import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.image.Resampling;
import java.util.Locale;

/** How a picture comes into the square. */
public enum Framing {
  /** As large as a margin of 3 % allows, in the middle, transparent around. */
  MARGIN,
  /** As large as fits, in the middle, transparent around. */
  PAD,
  /** As large as it must be to cover the square, cut alike at both ends. */
  CROP;

  private static final double DRAWN = 0.94;

  /**
   * The framing of a name.
   *
   * @param name as on the command line, such as {@code pad}
   * @return the framing
   * @throws InvalidRequestException if there is none of that name
   */
  public static Framing of(String name) {
    for (Framing framing : values()) {
      if (framing.code().equals(name)) {
        return framing;
      }
    }
    throw new InvalidRequestException(
        "pictures can be fitted by margin, pad or crop, got '%s'".formatted(name));
  }

  /** {@return its name on the command line} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the longer side of a picture that is seen wholly; even where the square is} */
  int longer(int side) {
    return this == MARGIN ? side - 2 * (int) Math.round(side * (1 - DRAWN) / 2) : side;
  }

  /** {@return a picture in the square} */
  Image apply(Image picture, int side) {
    boolean wide = picture.width() >= picture.height();
    int one = longer(side);
    double ratio =
        wide
            ? (double) picture.height() / picture.width()
            : (double) picture.width() / picture.height();
    int other = (int) Math.max(1, Math.round(this == CROP ? one / ratio : one * ratio));
    if (this == CROP) {
      Image covering =
          wide
              ? picture.resize(other, one, Resampling.LANCZOS3)
              : picture.resize(one, other, Resampling.LANCZOS3);
      return covering.crop(
          (covering.width() - side) / 2, (covering.height() - side) / 2, side, side);
    }
    Image fitting =
        wide
            ? picture.resize(one, other, Resampling.LANCZOS3)
            : picture.resize(other, one, Resampling.LANCZOS3);
    return framed(fitting, side);
  }

  private static Image framed(Image picture, int side) {
    byte[] from = picture.rgba();
    byte[] rgba = new byte[4 * side * side];
    int left = (side - picture.width()) / 2;
    int top = (side - picture.height()) / 2;
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(
          from, 4 * y * picture.width(), rgba, 4 * ((top + y) * side + left), 4 * picture.width());
    }
    return Image.of(side, side, rgba);
  }
}
