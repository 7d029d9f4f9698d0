package io.songe.film;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.SourceMark;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.Codec;
import org.jcodec.common.MuxerTrack;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.VideoEncoder;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Packet.FrameType;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.muxer.MP4Muxer;

/**
 * Writes a film as H.264 in an MP4 file, over white. Colours are those of BT.601 in the narrow
 * range, which players take small films to have when nothing is said.
 *
 * @param film the film
 */
record Mp4Writer(Film film) {
  private static final int TIMESCALE = 60_000;

  /** What the encoder takes; it never asks for the range. */
  private static final ColorSpace COLOURS = ColorSpace.YUV420J;

  /** The box that holds XMP, as its specification names it: part 3, section 1.2.7.1. */
  private static final byte[] XMP_BOX = {
    (byte) 0xbe,
    0x7a,
    (byte) 0xcf,
    (byte) 0xcb,
    (byte) 0x97,
    (byte) 0xa9,
    0x42,
    (byte) 0xe8,
    (byte) 0x9c,
    0x71,
    (byte) 0x99,
    (byte) 0x94,
    (byte) 0x91,
    (byte) 0xe3,
    (byte) 0xaf,
    (byte) 0xac
  };

  /** Writes by way of a file, because the head of an MP4 file is known only at its end. */
  void write(OutputStream out) throws IOException {
    Path file = Files.createTempFile("songe-film", ".mp4");
    try {
      encode(file.toFile());
      Files.copy(file, out);
      String mark = film.texts().get(SourceMark.KEYWORD);
      if (mark != null) {
        out.write(box(mark.getBytes(StandardCharsets.UTF_8)));
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void encode(File file) throws IOException {
    List<Image> shown = film.shown();
    int each = (int) Math.round(TIMESCALE / film.framesPerSecond());
    var encoder = new H264Encoder(new EvenQuality());
    try (SeekableByteChannel channel = NIOUtils.writableChannel(file)) {
      MP4Muxer muxer = MP4Muxer.createMP4MuxerToChannel(channel);
      Image first = shown.getFirst();
      Picture sized = picture(first);
      MuxerTrack track =
          muxer.addVideoTrack(
              Codec.H264, VideoCodecMeta.createSimpleVideoCodecMeta(sized.getSize(), COLOURS));
      ByteBuffer space = ByteBuffer.allocate(encoder.estimateBufferSize(sized));
      for (int i = 0; i < shown.size(); i++) {
        Image frame = shown.get(i);
        Film.requireSize(first, frame);
        VideoEncoder.EncodedFrame encoded = encoder.encodeFrame(picture(frame), space.clear());
        track.addFrame(
            Packet.createPacket(
                encoded.getData(),
                (long) i * each,
                TIMESCALE,
                each,
                i,
                encoded.isKeyFrame() ? FrameType.KEY : FrameType.INTER,
                null));
      }
      muxer.finish();
    }
  }

  /** The same quality for every frame, however many bits it takes: films here are short. */
  private static final class EvenQuality implements RateControl {
    private static final int OF_WHOLE_FRAMES = 18;
    private static final int OF_CHANGES = 20;

    @Override
    public int startPicture(Size size, int mostBits, SliceType type) {
      return type == SliceType.I ? OF_WHOLE_FRAMES : OF_CHANGES;
    }

    @Override
    public int initialQpDelta() {
      return 0;
    }

    @Override
    public int accept(int bits) {
      return 0;
    }
  }

  private static byte[] box(byte[] xmp) {
    int size = 8 + XMP_BOX.length + xmp.length;
    return ByteBuffer.allocate(size)
        .putInt(size)
        .put("uuid".getBytes(StandardCharsets.US_ASCII))
        .put(XMP_BOX)
        .put(xmp)
        .array();
  }

  private static Picture picture(Image covered) {
    Image frame = covered.over(Colour.WHITE);
    int width = Math.max(2, frame.width() & ~1);
    int height = Math.max(2, frame.height() & ~1);
    Picture picture = Picture.create(width, height, COLOURS);
    byte[] rgba = frame.rgba();
    byte[] luma = picture.getPlaneData(0);
    byte[] blue = picture.getPlaneData(1);
    byte[] red = picture.getPlaneData(2);
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < width; x += 2) {
        double[] mean = new double[3];
        for (int i = 0; i < 4; i++) {
          int column = Math.min(x + i % 2, frame.width() - 1);
          int row = Math.min(y + i / 2, frame.height() - 1);
          int at = 4 * (row * frame.width() + column);
          double r = (rgba[at] & 0xff) / 255.0;
          double g = (rgba[at + 1] & 0xff) / 255.0;
          double b = (rgba[at + 2] & 0xff) / 255.0;
          luma[(y + i / 2) * width + x + i % 2] = level(16 + 65.481 * r + 128.553 * g + 24.966 * b);
          mean[0] += r / 4;
          mean[1] += g / 4;
          mean[2] += b / 4;
        }
        int at = y / 2 * (width / 2) + x / 2;
        blue[at] = level(128 - 37.797 * mean[0] - 74.203 * mean[1] + 112 * mean[2]);
        red[at] = level(128 + 112 * mean[0] - 93.786 * mean[1] - 18.214 * mean[2]);
      }
    }
    return picture;
  }

  /** The encoder counts levels from the middle. */
  private static byte level(double value) {
    return (byte) (Math.round(value) - 128);
  }
}
