package io.songe.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The file of a picture that is no PNG, of which only the size has been read: a small file can hold
 * a picture that fills the memory. Of several pictures in a file the first counts.
 */
public final class Photo {
  /** What writes WebP also offers to read it, in native code that trusts what it is given. */
  private static final String NATIVE_READERS = "com.luciad.";

  private final byte[] bytes;
  private final int width;
  private final int height;

  private Photo(byte[] bytes, int width, int height) {
    this.bytes = bytes;
    this.width = width;
    this.height = height;
  }

  /**
   * Reads the size of a picture.
   *
   * @param bytes the whole file, which is kept
   * @return the picture, empty if it is none of a format that can be read
   */
  public static Optional<Photo> of(byte[] bytes) {
    try {
      return read(bytes, reader -> new Photo(bytes, reader.getWidth(0), reader.getHeight(0)));
    } catch (IOException garbled) {
      return Optional.empty();
    }
  }

  /** {@return how many pixels it says it has} */
  public long pixels() {
    return (long) width * height;
  }

  /**
   * Reads the picture.
   *
   * @return as it is to be seen, however the camera was held
   * @throws IOException if it is damaged
   */
  public Image decode() throws IOException {
    Image stored =
        read(bytes, reader -> BufferedImages.fromBufferedImage(reader.read(0)))
            .orElseThrow(() -> new IOException("the format cannot be read"));
    return PhotoOrientation.of(bytes).upright(stored);
  }

  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  private static <T> Optional<T> read(byte[] bytes, Reading<T> reading) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Optional<ImageReader> found = reader(in);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      ImageReader reader = found.get();
      try {
        reader.setInput(in);
        return Optional.of(reading.of(reader));
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException garbled) {
      throw new IOException("the picture is damaged", garbled); // readers check little themselves
    }
  }

  private static Optional<ImageReader> reader(ImageInputStream in) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(readers, 0), false)
        .filter(reader -> !reader.getClass().getName().startsWith(NATIVE_READERS))
        .findFirst();
  }
}
