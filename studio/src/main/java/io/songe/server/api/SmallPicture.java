package io.songe.server.api;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Resampling;
import io.songe.pictures.PictureFormat;
import java.util.Base64;

/** Previews, small enough to be sent at every step. */
final class SmallPicture {
  private static final int MOST_SIDE = 256;
  private static final int QUALITY = 70;

  private static final PictureFormat FORMAT =
      PictureFormat.WEBP.canBeWritten() ? PictureFormat.WEBP : PictureFormat.PNG;

  private SmallPicture() {}

  /** {@return a picture inside of an address, at most 256 pixels wide and high} */
  static String dataUrl(Image picture) {
    byte[] bytes = FORMAT.encode(small(picture), QUALITY, Colour.WHITE);
    return "data:" + FORMAT.mediaType() + ";base64," + Base64.getEncoder().encodeToString(bytes);
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
