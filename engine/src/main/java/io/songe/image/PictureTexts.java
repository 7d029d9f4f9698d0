package io.songe.image;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/**
 * The texts in a picture's file, whatever its type: those of PNG under their keywords, those of
 * JPEG and WebP under the names that EXIF gives them. The type is told by the file's first bytes,
 * never by its name, and the pixels are left compressed.
 */
public final class PictureTexts {
  /** Where JPEG and WebP files hold what PNG files hold under {@code parameters}. */
  public static final String USER_COMMENT = "UserComment";

  /** The comment of a JPEG file that is no EXIF. */
  public static final String JPEG_COMMENT = "JPEG comment";

  private PictureTexts() {}

  /**
   * Reads the texts of a file.
   *
   * @param file a PNG, JPEG or WebP file
   * @param limits how much to read at most; the number of pixels is not looked at
   * @return the texts by name, in the order of the file: of PNG all, of JPEG and WebP {@code
   *     ImageDescription}, {@code Make}, {@code Model}, {@code Software}, {@code MakerNote}, {@link
   *     #USER_COMMENT} and {@link #JPEG_COMMENT}
   * @throws io.songe.error.BrokenFileException if it cannot be read, is another type of file, is
   *     cut off or damaged before its pixels, or exceeds the limits
   */
  public static SequencedMap<String, String> read(Path file, PngLimits limits) {
    return decode(Png.readBytes(file, limits), file.toString(), limits);
  }

  /**
   * The texts in a file's bytes.
   *
   * @param bytes the whole file
   * @param name what to call it in messages
   * @param limits as for {@link #read}
   * @return as {@link #read}
   * @throws io.songe.error.BrokenFileException as {@link #read}
   */
  public static SequencedMap<String, String> decode(byte[] bytes, String name, PngLimits limits) {
    var source = new PngSource(name, bytes, limits);
    if (source.startsWith(PngChunk.signature())) {
      List<PngChunk> chunks = PngChunk.readAll(source);
      return PngTextReader.readAll(source, chunks);
    }
    if (JpegTextReader.recognises(source)) {
      return JpegTextReader.readAll(source);
    }
    if (WebpTextReader.recognises(source)) {
      return WebpTextReader.readAll(source);
    }
    throw source.broken(
        "this is neither a PNG nor a JPEG nor a WebP file: it begins with none of their signatures");
  }
}
