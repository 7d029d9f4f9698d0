package io.songe.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** The way to and from AWT's pictures, apart so that nothing else of this package loads AWT. */
public final class BufferedImages {
  private BufferedImages() {}

  /**
   * A picture for AWT, Swing or ImageIO.
   *
   * @param image the picture
   * @return a copy of type {@link BufferedImage#TYPE_INT_ARGB} if it has transparency, else {@link
   *     BufferedImage#TYPE_INT_RGB}
   */
  public static BufferedImage toBufferedImage(Image image) {
    int type = image.hasTransparency() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    var result = new BufferedImage(image.width(), image.height(), type);
    byte[] rgba = image.pixels();
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        int i = 4 * (y * row.length + x);
        row[x] =
            (rgba[i + 3] & 0xff) << 24
                | (rgba[i] & 0xff) << 16
                | (rgba[i + 1] & 0xff) << 8
                | (rgba[i + 2] & 0xff);
      }
      result.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return result;
  }

  /**
   * A picture from AWT, Swing or ImageIO.
   *
   * @param source a picture of any type
   * @return a copy, converted to sRGB; grey levels are kept as they are
   */
  public static Image fromBufferedImage(BufferedImage source) {
    int width = source.getWidth();
    byte[] rgba = new byte[Image.byteCount(width, source.getHeight())];
    boolean grey = isGrey(source);
    int[] row = new int[width];
    for (int y = 0; y < source.getHeight(); y++) {
      if (grey) {
        readGrey(source.getRaster(), y, row);
      } else {
        source.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int i = 4 * (y * width + x);
        rgba[i] = (byte) (row[x] >> 16);
        rgba[i + 1] = (byte) (row[x] >> 8);
        rgba[i + 2] = (byte) row[x];
        rgba[i + 3] = (byte) (row[x] >> 24);
      }
    }
    return Image.owning(width, source.getHeight(), rgba);
  }

  private static boolean isGrey(BufferedImage source) {
    var model = source.getColorModel();
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getComponentSize(0) >= 8
        && !model.isAlphaPremultiplied();
  }

  // getRGB takes AWT's grey space as linear light and would brighten every level.
  private static void readGrey(Raster raster, int y, int[] row) {
    boolean covered = raster.getNumBands() > 1;
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    for (int x = 0; x < row.length; x++) {
      int alpha = covered ? raster.getSample(x, y, 1) >> shift : 255;
      row[x] = alpha << 24 | (raster.getSample(x, y, 0) >> shift) * 0x010101;
    }
  }
}
