package io.songe.server.openai;

import io.songe.pictures.PictureFormat;
import io.songe.server.Fields;
import java.util.Optional;

/**
 * How pictures are handed out.
 *
 * @param type of their files
 * @param compression 0 to 100 for JPEG and WebP, larger for larger and better files
 * @param byLink whether a link is answered in place of the file
 * @param streamed whether they are sent one by one, as they are done
 * @param partial how many previews of each are sent before, 0 to 3
 */
record Delivery(
    PictureFormat type, int compression, boolean byLink, boolean streamed, int partial) {
  private static final int MOST_PARTIAL = 3;
  private static final int MOST_COMPRESSION = 100;

  /** The two ways of answering. */
  private enum Response {
    URL,
    B64_JSON
  }

  /**
   * Reads what a request says of it.
   *
   * @param model as it was asked for: clients of gpt-image-* expect the files themselves, and those
   *     of all others links
   */
  static Delivery read(Fields fields, Optional<String> model) {
    PictureFormat type =
        fields.choice("output_format", PictureFormat.class).orElse(PictureFormat.PNG);
    if (!type.canBeWritten()) {
      throw Refusal.ofField(
          "output_format", "webp cannot be written on this machine; ask for png or jpeg");
    }
    Optional<Integer> compression = fields.whole("output_compression", 0, MOST_COMPRESSION);
    if (compression.isPresent()
        && type == PictureFormat.PNG
        && compression.get() != MOST_COMPRESSION) {
      throw Refusal.ofField(
          "output_compression",
          "a png loses nothing; leave output_compression out or ask for jpeg or webp");
    }
    boolean streamed = fields.flag("stream").orElse(false);
    Optional<Response> response = fields.choice("response_format", Response.class);
    if (streamed && response.filter(Response.URL::equals).isPresent()) {
      throw Refusal.ofField("response_format", "a stream has the pictures in it; ask for b64_json");
    }
    Optional<Integer> partial = fields.whole("partial_images", 0, MOST_PARTIAL);
    if (!streamed && partial.orElse(0) > 0) {
      throw Refusal.ofField(
          "partial_images", "partial images are sent in a stream only; set stream to true");
    }
    boolean byLink =
        response.map(Response.URL::equals).orElse(!model.orElse("").contains("gpt-image"));
    return new Delivery(
        type,
        compression.orElse(MOST_COMPRESSION),
        byLink && !streamed,
        streamed,
        partial.orElse(0));
  }
}
