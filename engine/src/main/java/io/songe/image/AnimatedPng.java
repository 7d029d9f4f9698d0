package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Writes films as PNG files with animation, which programs that know none show as their first
 * frame. Frames are lossless and may be transparent; the film begins again for ever. PNG
 * specification, third edition, section 11.3.4 (acTL, fcTL, fdAT).
 */
public final class AnimatedPng {
  private static final int FOR_EVER = 0;
  private static final int MOST_MILLISECONDS = 0xffff;
  private static final short PER_SECOND = 1000;

  private AnimatedPng() {}

  /**
   * Writes a film. Frames are taken from the list one after the other, twice.
   *
   * @param frames at least one, all of one size
   * @param each how long a frame is shown, at most 65 seconds
   * @param texts by keyword, as {@link Png#withText} says
   * @param out where to; not closed
   * @throws InvalidRequestException if there is no frame, they have several sizes, or a PNG file
   *     cannot hold a text
   * @throws IOException if it cannot be written
   */
  public static void write(
      List<Image> frames, Duration each, Map<String, String> texts, OutputStream out)
      throws IOException {
    if (frames.isEmpty()) {
      throw new InvalidRequestException("a film needs at least one frame");
    }
    if (each.isNegative() || each.toMillis() > MOST_MILLISECONDS) {
      throw new InvalidRequestException(
          "a frame is shown for 0 to %d milliseconds, got %d"
              .formatted(MOST_MILLISECONDS, each.toMillis()));
    }
    boolean covered = frames.stream().anyMatch(Image::hasTransparency);
    Image first = frames.getFirst();
    var head = new ByteArrayOutputStream();
    head.writeBytes(PngChunk.signature());
    PngEncoder.writeChunk(head, "IHDR", PngEncoder.header(first, covered));
    PngEncoder.writeTexts(head, texts);
    PngEncoder.writeChunk(
        head, "acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(FOR_EVER).array());
    out.write(head.toByteArray());
    int sequence = 0;
    for (int i = 0; i < frames.size(); i++) {
      Image frame = frames.get(i);
      requireSize(first, frame);
      byte[] pixels = PngEncoder.compress(frame, covered);
      var chunks = new ByteArrayOutputStream();
      PngEncoder.writeChunk(chunks, "fcTL", control(sequence++, frame, each));
      if (i == 0) {
        PngEncoder.writeChunk(chunks, "IDAT", pixels);
      } else {
        PngEncoder.writeChunk(
            chunks,
            "fdAT",
            ByteBuffer.allocate(4 + pixels.length).putInt(sequence++).put(pixels).array());
      }
      out.write(chunks.toByteArray());
    }
    var end = new ByteArrayOutputStream();
    PngEncoder.writeChunk(end, "IEND", new byte[0]);
    out.write(end.toByteArray());
  }

  private static void requireSize(Image first, Image frame) {
    if (frame.width() != first.width() || frame.height() != first.height()) {
      throw new InvalidRequestException(
          "all frames of a film have one size; the first is %dx%d and another %dx%d"
              .formatted(first.width(), first.height(), frame.width(), frame.height()));
    }
  }

  /** Each frame takes the place of the one before, wholly: both of the last bytes are 0. */
  private static byte[] control(int sequence, Image frame, Duration each) {
    return ByteBuffer.allocate(26)
        .putInt(sequence)
        .putInt(frame.width())
        .putInt(frame.height())
        .putInt(0)
        .putInt(0)
        .putShort((short) each.toMillis())
        .putShort(PER_SECOND)
        .array();
  }
}
