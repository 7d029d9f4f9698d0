package io.songe.pictures;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.image.BufferedImages;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How a picture can be written. Every format keeps the text that says how the picture was made, in
 * A1111's form, and the mark of the IPTC that a model made it; the complete recipe is in PNG alone.
 */
public enum PictureFormat {
  /** Lossless, with transparency and all texts. */
  PNG("image/png", "png"),
  /** Lossy, without transparency. */
  JPEG("image/jpeg", "jpg"),
  /** Lossy, with transparency. */
  WEBP("image/webp", "webp");

  private static final int BEST = 100;

  private final String mediaType;
  private final String extension;

  PictureFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** {@return its type as HTTP names it} */
  public String mediaType() {
    return mediaType;
  }

  /** {@return how names of such files end, without the point} */
  public String extension() {
    return extension;
  }

  /** {@return its name in requests, such as {@code webp}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @param name an id, an extension or a media type, in any case
   * @return the format
   * @throws InvalidRequestException if there is none of that name
   */
  public static PictureFormat named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format ->
            plain.equals(format.id())
                || plain.equals(format.extension)
                || plain.equals(format.mediaType))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown picture format \"%s\"; known are %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(PictureFormat::id)
                            .collect(Collectors.joining(", ")))));
  }

  /** {@return whether this machine can write it; WebP needs native code that not every one has} */
  public boolean canBeWritten() {
    return this != WEBP || WebpEncoder.works();
  }

  /**
   * Writes a picture without texts.
   *
   * @param image the picture
   * @param quality 0, small and ugly, to 100; not looked at by PNG
   * @param behind shows where a picture is not opaque, if the format has no transparency
   * @return the file
   * @throws InvalidRequestException if the quality is out of its range, or this machine cannot
   *     write the format
   */
  public byte[] encode(Image image, int quality, Colour behind) {
    return encode(new Png(image), quality, behind);
  }

  /**
   * Writes a picture with those of its texts that the format can hold.
   *
   * @param picture with its texts
   * @param quality 0, small and ugly, to 100; not looked at by PNG
   * @param behind shows where a picture is not opaque, if the format has no transparency
   * @return the file
   * @throws InvalidRequestException if the quality is out of its range, or this machine cannot
   *     write the format
   */
  public byte[] encode(Png picture, int quality, Colour behind) {
    if (quality < 0 || quality > BEST) {
      throw new InvalidRequestException(
          "the quality of a picture goes from 0 to 100, got %d".formatted(quality));
    }
    Optional<byte[]> exif =
        Optional.ofNullable(picture.texts().get(ParametersText.KEYWORD)).map(ExifBlock::of);
    Optional<String> xmp = Optional.ofNullable(picture.texts().get(SourceMark.KEYWORD));
    return switch (this) {
      case PNG -> picture.encode();
      case JPEG -> {
        Image opaque = picture.image().over(opaque(behind));
        yield JpegSegments.with(written("jpeg", "JPEG", opaque, quality), exif, xmp);
      }
      case WEBP -> {
        if (!canBeWritten()) {
          throw new InvalidRequestException(
              "WebP cannot be written on this machine; ask for png or jpeg");
        }
        yield WebpChunks.with(
            written("webp", "Lossy", picture.image(), quality), picture.image(), exif, xmp);
      }
    };
  }

  private static Colour opaque(Colour colour) {
    return colour.alpha() == 0
        ? Colour.WHITE
        : Colour.opaque(colour.red(), colour.green(), colour.blue());
  }

  static byte[] written(String format, String compression, Image image, int quality) {
    BufferedImage pixels = BufferedImages.toBufferedImage(image);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(compression);
      how.setCompressionQuality(quality / (float) BEST);
      writer.write(null, new IIOImage(pixels, null, null), how);
    } catch (IOException impossible) {
      throw new EngineException("a picture cannot be written to memory as " + format, impossible);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
