package io.songe.image;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A PNG file: a picture and its texts. Written files hold only what they need and depend on nothing
 * but picture and texts. Files of any colour type, depth and interlacing are read, and refused with
 * a sentence if they are not whole.
 *
 * <p>Reference: Portable Network Graphics (PNG) Specification, third edition, W3C 2025.
 *
 * @param image the picture
 * @param texts by keyword, in the order of the file; unmodifiable
 */
public record Png(Image image, SequencedMap<String, String> texts) {
  /** Copies the texts. */
  public Png {
    texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
  }

  /**
   * A file without texts.
   *
   * @param image the picture
   */
  public Png(Image image) {
    this(image, new LinkedHashMap<>());
  }

  /**
   * This file with one text more, or with another text under a keyword it already has.
   *
   * @param keyword 1 to 79 printable Latin-1 characters, such as {@code parameters}
   * @param text any text without zero characters
   * @return the file with that text
   */
  public Png withText(String keyword, String text) {
    SequencedMap<String, String> more = new LinkedHashMap<>(texts);
    more.put(keyword, text);
    return new Png(image, more);
  }

  /**
   * The file's bytes: 8 bits a channel, without coverage if the picture is opaque. A text is
   * written as tEXt if it is Latin-1, else as iTXt, before the pixels.
   *
   * @return the same bytes for the same picture and texts
   * @throws InvalidRequestException if a PNG file cannot hold a keyword or a text
   */
  public byte[] encode() {
    return PngEncoder.encode(image, texts);
  }

  /**
   * Writes the file so that it is either whole or not there: under another name in the same folder
   * first, then renamed. A file of that name is replaced.
   *
   * @param file where to
   * @throws InvalidRequestException if its folder does not exist, if the name is a folder's, or if
   *     a PNG file cannot hold a keyword or a text
   * @throws BrokenFileException if it cannot be written
   */
  public void write(Path file) {
    byte[] bytes = encode();
    PictureFile.write(file, channel -> Channels.newOutputStream(channel).write(bytes));
  }

  /**
   * The picture and texts in a file's bytes.
   *
   * @param bytes the whole file
   * @param name what to call it in messages
   * @param limits how much to read at most
   * @return the file; of two texts with the same keyword the later counts
   * @throws BrokenFileException if it is not a whole PNG file, or exceeds the limits
   */
  public static Png decode(byte[] bytes, String name, PngLimits limits) {
    var source = new PngSource(name, bytes, limits);
    List<PngChunk> chunks = PngChunk.readAll(source);
    Image image = PngDecoder.decode(source, chunks);
    return new Png(image, PngTextReader.readAll(source, chunks));
  }

  /**
   * Reads a file.
   *
   * @param file a PNG file
   * @param limits how much to read at most
   * @return its picture and texts
   * @throws BrokenFileException if it cannot be read, is not a whole PNG file, or exceeds the
   *     limits
   */
  public static Png read(Path file, PngLimits limits) {
    return decode(readBytes(file, limits), file.toString(), limits);
  }

  /**
   * Reads the texts of a file, and leaves its pixels compressed.
   *
   * @param file a PNG file
   * @param limits how much to read at most
   * @return the texts by keyword, in the order of the file
   * @throws BrokenFileException if it cannot be read, is not a whole PNG file, or exceeds the
   *     limits
   */
  public static SequencedMap<String, String> readTexts(Path file, PngLimits limits) {
    var source = new PngSource(file.toString(), readBytes(file, limits), limits);
    return PngTextReader.readAll(source, PngChunk.readAll(source));
  }

  /** The bytes of a picture's file; not looked at. */
  static byte[] readBytes(Path file, PngLimits limits) {
    if (!Files.exists(file)) {
      throw new BrokenFileException(file + ": there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new BrokenFileException(file + ": this is a folder, not a picture");
    }
    long most = Math.min(limits.bytes(), Integer.MAX_VALUE - 16);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) most + 1);
      if (bytes.length > most) {
        throw PngSource.tooLong(file.toString(), Files.size(file), limits);
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new BrokenFileException(
          file + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
