package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.util.List;

/**
 * A sheet of pictures: rows filled from the left, a margin around and between the pictures, each
 * centred in a cell as large as the largest.
 *
 * @param columns pictures in a row, at least 1
 * @param margin in pixels, 0 or more
 * @param background under and between the pictures; {@link Colour#TRANSPARENT} leaves them as they
 *     are
 */
public record ImageGrid(int columns, int margin, Colour background) {
  /** Checks the ranges. */
  public ImageGrid {
    if (columns < 1 || margin < 0) {
      throw new InvalidRequestException(
          "a grid has at least 1 column and a margin of 0 or more, got %d columns and a margin of %d"
              .formatted(columns, margin));
    }
  }

  /**
   * The grid nearest to a square, wider rather than higher.
   *
   * @param count how many pictures it will hold
   * @param margin in pixels, 0 or more
   * @param background under and between the pictures
   * @return a grid of {@code ceil(sqrt(count))} columns
   */
  public static ImageGrid nearSquare(int count, int margin, Colour background) {
    return new ImageGrid(Math.max(1, (int) Math.ceil(Math.sqrt(count))), margin, background);
  }

  /**
   * The sheet of these pictures. With fewer pictures than columns, the sheet is only as wide as
   * they need.
   *
   * @param pictures in reading order, at least one
   * @return the sheet
   * @throws InvalidRequestException if there is no picture or the sheet would be too large
   */
  public Image arrange(List<Image> pictures) {
    if (pictures.isEmpty()) {
      throw new InvalidRequestException("a grid needs at least one picture, got none");
    }
    int across = Math.min(columns, pictures.size());
    int down = (pictures.size() + across - 1) / across;
    int cellWidth = pictures.stream().mapToInt(Image::width).max().orElseThrow();
    int cellHeight = pictures.stream().mapToInt(Image::height).max().orElseThrow();
    Image sheet = Image.filled(extent(across, cellWidth), extent(down, cellHeight), background);
    byte[] rgba = sheet.rgba();
    for (int i = 0; i < pictures.size(); i++) {
      Image picture = pictures.get(i).over(background);
      int left = margin + i % across * (cellWidth + margin) + (cellWidth - picture.width()) / 2;
      int top = margin + i / across * (cellHeight + margin) + (cellHeight - picture.height()) / 2;
      paste(picture, rgba, sheet.width(), left, top);
    }
    return Image.owning(sheet.width(), sheet.height(), rgba);
  }

  private int extent(int cells, int size) {
    long extent = (long) cells * (size + (long) margin) + margin;
    return (int) Math.min(extent, Integer.MAX_VALUE);
  }

  private static void paste(Image picture, byte[] sheet, int sheetWidth, int left, int top) {
    int rowBytes = 4 * picture.width();
    for (int y = 0; y < picture.height(); y++) {
      int to = 4 * ((top + y) * sheetWidth + left);
      System.arraycopy(picture.pixels(), y * rowBytes, sheet, to, rowBytes);
    }
  }
}
