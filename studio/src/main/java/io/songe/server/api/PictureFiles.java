package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Pictures as answers. */
final class PictureFiles {
  private static final String PNG = "image/png";

  private PictureFiles() {}

  /** Answers with a picture. */
  static void answer(Context context, Png picture) {
    answer(context, PNG, picture.encode());
  }

  /** Answers with a picture's bytes. */
  static void answer(Context context, String type, byte[] bytes) {
    fixed(context, type);
    context.result(bytes);
  }

  /**
   * Answers with the very bytes of a file.
   *
   * @throws io.songe.server.HttpFailure if it was removed meanwhile
   */
  static void answer(Context context, Path file) throws IOException {
    try {
      long size = Files.size(file);
      fixed(context, type(file));
      context.header("Content-Length", String.valueOf(size));
      context.result(Files.newInputStream(file));
    } catch (NoSuchFileException gone) {
      throw Refused.missing("picture");
    }
  }

  private static void fixed(Context context, String type) {
    context.disableCompression(); // pictures are compressed
    context.contentType(type);
    context.header("X-Content-Type-Options", "nosniff");
  }

  private static String type(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".webp") ? "image/webp" : PNG;
  }

  /** What is at this address will never be another, and is for this caller alone. */
  static void forEver(Context context) {
    context.header("Cache-Control", "private, max-age=31536000, immutable");
  }

  /** What is at this address changes. */
  static void notKept(Context context) {
    context.header("Cache-Control", "no-store");
  }
}
