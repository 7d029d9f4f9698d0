package io.songe.server.api;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.Resampling;
import java.util.Base64;

/** Previews, small enough to be sent at every step. */
final class SmallPicture {
  private static final int MOST_SIDE = 256;

  private SmallPicture() {}

  /** {@return a picture inside of an address, at most 256 pixels wide and high} */
  static String dataUrl(Image picture) {
    byte[] bytes = new Png(small(picture)).encode();
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static Image small(Image picture) {
    int longest = Math.max(picture.width(), picture.height());
    if (longest <= MOST_SIDE) {
      return picture;
    }
    double scale = (double) MOST_SIDE / longest;
    return picture.resize(
        (int) Math.max(1, Math.round(picture.width() * scale)),
        (int) Math.max(1, Math.round(picture.height() * scale)),
        Resampling.BILINEAR);
  }
}
