package io.songe.server.openai;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.Resampling;
import io.songe.image.SourceMark;
import io.songe.jobs.Job;
import io.songe.pictures.PictureFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;

/** Pictures as the files in which they are sent. */
final class Handout {
  private Handout() {}

  /** {@return a picture of a finished job} */
  static Desk.Kept find(Desk desk, Job job, String id) {
    return desk.picture(job.order().owner(), id)
        .orElseThrow(() -> Refusal.of(500, "the picture was drawn and then removed"));
  }

  /**
   * {@return a finished picture, with all that its format can say of how it was made} A PNG is sent
   * as it lies in the gallery.
   */
  static byte[] of(Desk.Kept picture, PictureFormat type, int compression) {
    if (type != PictureFormat.PNG) {
      return type.encode(Png.read(picture.file(), PngLimits.DEFAULT), compression, Colour.WHITE);
    }
    try {
      return Files.readAllBytes(picture.file());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** {@return a preview at its picture's size, which says that a model made it} */
  static byte[] ofPreview(Image preview, Size size, Settings settings) {
    Delivery delivery = settings.delivery();
    Image seen =
        preview
            .resize(size.width(), size.height(), Resampling.BILINEAR)
            .over(settings.background().colour(delivery.type()));
    Png marked =
        new Png(seen).withText(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text());
    return delivery.type().encode(marked, delivery.compression(), Colour.WHITE);
  }

  /** {@return bytes as they stand in JSON} */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
