package io.songe.pictures;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.image.Photo;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.edit.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * A picture that somebody sent: a PNG, JPEG, WebP or GIF file, told by its first bytes whatever it
 * is called, and refused before its pixels are looked at if it has too many.
 *
 * @param kind of the file
 * @param image upright, as it is to be seen; of an animation the first frame
 * @param texts that the file has, by keyword, as {@link PictureTexts} says; unmodifiable
 */
public record PictureUpload(Kind kind, Image image, SequencedMap<String, String> texts) {
  /** How much is taken. */
  public static final Limits USUAL = new Limits(32 << 20, 40_000_000);

  private static final String TAKEN = "give a PNG, JPEG, WebP or GIF file";
  private static final String NAME = "the picture";
  private static final int MOST_TEXT = 1 << 20;

  /** A type of file that is taken. */
  public enum Kind {
    PNG("image/png"),
    JPEG("image/jpeg"),
    WEBP("image/webp"),
    GIF("image/gif");

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }

    /** {@return its type as HTTP names it} */
    public String mediaType() {
      return mediaType;
    }
  }

  /**
   * How much is taken.
   *
   * @param bytes of the file
   * @param pixels of the picture
   */
  public record Limits(int bytes, long pixels) {}

  /** Copies the texts. */
  public PictureUpload {
    texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
  }

  /**
   * Reads a picture within the usual limits.
   *
   * @param bytes the whole file
   * @return the picture
   * @throws InvalidRequestException if it is none that is taken, is damaged or too large
   */
  public static PictureUpload read(byte[] bytes) {
    return read(bytes, USUAL);
  }

  /**
   * Reads a picture.
   *
   * @param bytes the whole file
   * @param limits how much is taken
   * @return the picture
   * @throws InvalidRequestException if it is none that is taken, is damaged or too large
   */
  public static PictureUpload read(byte[] bytes, Limits limits) {
    Kind kind = kind(bytes, limits);
    try {
      return switch (kind) {
        case PNG -> {
          Png png = Png.decode(bytes, NAME, pngLimits(limits));
          yield new PictureUpload(kind, png.image(), png.texts());
        }
        case JPEG, WEBP ->
            new PictureUpload(
                kind, decode(bytes, limits), PictureTexts.decode(bytes, NAME, pngLimits(limits)));
        case GIF -> new PictureUpload(kind, decode(bytes, limits), new LinkedHashMap<>());
      };
    } catch (BrokenFileException broken) {
      throw new InvalidRequestException(String.valueOf(broken.getMessage()), broken);
    }
  }

  /**
   * The type of a file.
   *
   * @param bytes the whole file, of which only the beginning is looked at
   * @param limits how much is taken
   * @return its type
   * @throws InvalidRequestException if it is of none that is taken, is empty or too large
   */
  public static Kind kind(byte[] bytes, Limits limits) {
    if (bytes.length == 0) {
      throw new InvalidRequestException("the picture is empty; " + TAKEN);
    }
    if (bytes.length > limits.bytes()) {
      throw new InvalidRequestException(
          "the picture's file has %d bytes, more than the limit of %d; make it smaller"
              .formatted(bytes.length, limits.bytes()));
    }
    if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return Kind.PNG;
    }
    if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return Kind.JPEG;
    }
    if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
      return Kind.WEBP;
    }
    if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
      return Kind.GIF;
    }
    throw new InvalidRequestException(refusal(bytes) + "; " + TAKEN);
  }

  private static boolean begins(byte[] bytes, int at, String magic) {
    return bytes.length >= at + magic.length()
        && new String(bytes, at, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
  }

  private static String refusal(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    if (head.contains("<svg")) {
      return "the picture is an SVG drawing, which is not taken because it can hold programs";
    }
    if (begins(bytes, 4, "ftyp")) {
      return "the picture is a HEIC or AVIF file or a film, which cannot be read";
    }
    if (begins(bytes, 0, "BM") || begins(bytes, 0, "II*\0") || begins(bytes, 0, "MM\0*")) {
      return "the picture is a BMP or TIFF file, which is not taken";
    }
    return "this is no picture that can be read";
  }

  private static PngLimits pngLimits(Limits limits) {
    return new PngLimits(limits.bytes(), limits.pixels(), MOST_TEXT);
  }

  private static Image decode(byte[] bytes, Limits limits) {
    Photo photo = Photo.of(bytes).orElseThrow(() -> damaged("its beginning cannot be read"));
    if (photo.pixels() > limits.pixels()) {
      throw new InvalidRequestException(
          "the picture has %d pixels, more than the limit of %d; make it smaller"
              .formatted(photo.pixels(), limits.pixels()));
    }
    try {
      return photo.decode();
    } catch (IOException damaged) {
      throw damaged(String.valueOf(damaged.getMessage()));
    }
  }

  private static InvalidRequestException damaged(String why) {
    return new InvalidRequestException(
        "the picture cannot be read: %s; save it anew, or give a PNG file".formatted(why));
  }

  /**
   * {@return the picture for a drawing to begin with}
   *
   * @param name the file's, for the recipe; may be empty, and its folders are left out
   */
  public Source source(String name) {
    return new Source(
        name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1), image);
  }

  /** {@return the picture for a drawing to begin with, without a name} */
  public Source source() {
    return Source.of(image);
  }
}
