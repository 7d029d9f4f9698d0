package io.songe.server.a1111;

import io.songe.error.InvalidRequestException;
import io.songe.image.Margins;
import io.songe.pipeline.edit.Upscaler;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The picture that another one was drawn from, as the other's text tells it: by fingerprints, under
 * which the studio still has it.
 *
 * @param picture its fingerprint
 * @param mask that of its mask
 * @param transparent whether what is transparent in the mask is painted
 * @param upscaler of a picture that was enlarged
 * @param margins of one that was drawn on beyond its edges
 * @param seam there, in pixels
 */
record StoredStart(
    String picture,
    Optional<String> mask,
    boolean transparent,
    Optional<Upscaler> upscaler,
    Optional<Margins> margins,
    int seam) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MARGINS = Pattern.compile("\\d{1,5}( \\d{1,5}){3}");
  private static final Pattern SEAM = Pattern.compile("\\d{1,3}");

  /** {@return what a text says; empty if it does not, or as another program does} */
  static Optional<StoredStart> of(Map<String, String> said) {
    return value(said, "Init image hash", SHA256)
        .map(picture ->
            new StoredStart(
                picture,
                value(said, "Mask hash", SHA256),
                "transparent".equals(said.get("Mask reads")),
                Optional.ofNullable(said.get("Upscaler")).map(StoredStart::upscaler),
                value(said, "Extended by", MARGINS).map(StoredStart::margins),
                value(said, "Seam", SEAM).map(Integer::valueOf).orElse(0)));
  }

  private static Optional<String> value(Map<String, String> said, String key, Pattern form) {
    return Optional.ofNullable(said.get(key)).filter(value -> form.matcher(value).matches());
  }

  private static Upscaler upscaler(String name) {
    try {
      return Upscaler.named(name);
    } catch (InvalidRequestException unknown) {
      throw RequestFields.wrong("infotext", String.valueOf(unknown.getMessage()));
    }
  }

  private static Margins margins(String text) {
    int[] sides = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    return new Margins(sides[0], sides[1], sides[2], sides[3]);
  }
}
