package io.songe.pictures;

import io.songe.image.Image;

/** Whether the native encoder of WebP, which not every system has, can be loaded. */
final class WebpEncoder {
  private static final boolean WORKS = works(Image.of(1, 1, new byte[4]));

  private WebpEncoder() {}

  static boolean works() {
    return WORKS;
  }

  private static boolean works(Image any) {
    try {
      return PictureFormat.written("webp", "Lossy", any, 50).length > 0;
    } catch (LinkageError | RuntimeException missing) {
      return false;
    }
  }
}
