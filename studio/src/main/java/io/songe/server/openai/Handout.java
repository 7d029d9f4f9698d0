package io.songe.server.openai;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import io.songe.jobs.Job;
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

  /** {@return a finished picture, with all that it says of how it was made} */
  static byte[] of(Desk.Kept picture, PictureType type, int compression) {
    try {
      byte[] png = Files.readAllBytes(picture.file());
      return switch (type) {
        case PNG -> png;
        case JPEG, WEBP ->
            throw Refusal.ofField(
                "output_format", "only png can be written here, " + Fields.word(type) + " cannot");
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** {@return a preview, which says that a model made it} */
  static byte[] ofPreview(Image preview, Settings settings) {
    Image seen = preview.over(settings.background().colour(settings.delivery().type()));
    return new Png(seen)
        .withText(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text())
        .encode();
  }

  /** {@return bytes as they stand in JSON} */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
