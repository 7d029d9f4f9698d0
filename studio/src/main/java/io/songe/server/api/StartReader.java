package io.songe.server.api;

import io.songe.error.BrokenFileException;
import io.songe.gallery.Gallery;
import io.songe.image.Fit;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.jobs.InputStore;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Upscaler;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.util.Optional;

/** Reads which picture a drawing is to begin with, and how: the field {@code start} of a job. */
final class StartReader {
  private static final int USUAL_BLUR = 4;
  private static final int MOST_BLUR = 64;
  private static final int USUAL_SEAM = 16;
  private static final int MOST_SEAM = 256;
  private static final int LARGEST_SIDE = 4096;
  private static final double USUAL_TIMES = 2;
  private static final double MOST_TIMES = 8;

  private enum Kind {
    PICTURE,
    INPAINT,
    EXTEND,
    ENLARGE
  }

  private final Gallery gallery;
  private final InputStore inputs;

  StartReader(Gallery gallery, InputStore inputs) {
    this.gallery = gallery;
    this.inputs = inputs;
  }

  private record Found(Source picture, Optional<String> phrase) {}

  /**
   * Reads a start.
   *
   * @param start the fields
   * @param owner who asks, and whose pictures are looked at
   * @throws HttpFailure if a field is wrong, or names no picture
   */
  Begun read(Fields start, String owner) {
    Kind kind = start.choice("kind", Kind.class).orElse(Kind.PICTURE);
    Found found = picture(start, owner);
    Optional<Double> strength = start.number("strength", Double.MIN_VALUE, 1);
    Begun.Kind done =
        switch (kind) {
          case PICTURE -> new Begun.Kind.Redrawn(fit(start));
          case INPAINT -> new Begun.Kind.Inpainted(masking(start), fit(start));
          case EXTEND -> extended(start);
          case ENLARGE -> enlarged(start);
        };
    start.end();
    return new Begun(found.picture(), found.phrase(), strength, done);
  }

  private Found picture(Fields start, String owner) {
    Optional<String> kept = start.text("picture", JobBody.LONGEST_NAME);
    Optional<String> sent = start.text("input", JobBody.LONGEST_NAME);
    if (kept.isPresent() == sent.isPresent()) {
      throw start.needed("picture", "name a picture of the gallery or an input, one of the two");
    }
    return kept.isPresent()
        ? ofGallery(start.name("picture"), kept.get(), owner)
        : new Found(input(start, "input", sent.orElse("")), Optional.empty());
  }

  private Found ofGallery(String field, String id, String owner) {
    try {
      Png png =
          gallery
              .file(owner, id)
              .map(file -> Png.read(file, PngLimits.DEFAULT))
              .orElseThrow(() -> Refused.field(field, "there is no such picture in the gallery"));
      return new Found(Source.of(png.image()), MadeJson.of(png.texts()).map(MadeJson::phrase));
    } catch (BrokenFileException broken) {
      throw Refused.field(field, "the picture's file is damaged; draw from another one");
    }
  }

  private Source input(Fields from, String field, String id) {
    return inputs
        .find(id)
        .map(Source::of)
        .orElseThrow(() ->
            Refused.field(
                from.name(field), "there is no such input; send it to /api/inputs first"));
  }

  private static Fit fit(Fields start) {
    return start.choice("fit", Fit.class).orElse(Fit.CROP);
  }

  private Masking masking(Fields start) {
    Fields mask =
        start
            .object("mask")
            .orElseThrow(() -> start.needed("mask", "it says which part is drawn anew"));
    String id =
        mask.text("input", JobBody.LONGEST_NAME)
            .orElseThrow(() -> mask.needed("input", "it is the mask itself"));
    Source picture = input(mask, "input", id);
    Mask.Convention convention =
        mask.choice("reads", Mask.Convention.class).orElse(Mask.Convention.BRIGHT);
    boolean inverted = mask.flag("inverted").orElse(false);
    int blur = mask.whole("blur", 0, MOST_BLUR).orElse(USUAL_BLUR);
    MaskedContent content =
        mask.text("content", JobBody.LONGEST_NAME)
            .map(name -> mask.with("content", () -> MaskedContent.named(name)))
            .orElse(MaskedContent.ORIGINAL);
    Masking.Area area =
        mask.whole("padding", 0, LARGEST_SIDE)
            .<Masking.Area>map(Masking.Area.AroundMask::new)
            .orElseGet(Masking.Area.Whole::new);
    mask.end();
    return start.with(
        "mask", () -> new Masking(picture, convention, inverted, blur, content, area));
  }

  private static Begun.Kind extended(Fields start) {
    Fields sides =
        start
            .object("margins")
            .orElseThrow(() -> start.needed("margins", "they say how far it is drawn on"));
    int left = side(sides, "left");
    int right = side(sides, "right");
    int top = side(sides, "top");
    int bottom = side(sides, "bottom");
    sides.end();
    return new Begun.Kind.Extended(
        start.with("margins", () -> new Margins(left, right, top, bottom)),
        start.whole("seam", 0, MOST_SEAM).orElse(USUAL_SEAM));
  }

  private static int side(Fields sides, String name) {
    return sides.whole(name, 0, LARGEST_SIDE).orElse(0);
  }

  private static Begun.Kind enlarged(Fields start) {
    return new Begun.Kind.Enlarged(
        start.number("by", 1, MOST_TIMES).orElse(USUAL_TIMES),
        start
            .text("upscaler", JobBody.LONGEST_NAME)
            .map(name -> start.with("upscaler", () -> Upscaler.named(name)))
            .orElse(Upscaler.LANCZOS));
  }
}
