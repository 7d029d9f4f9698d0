package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.error.InvalidRequestException;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads requests that begin with a picture. */
final class Editing {
  private static final int MOST_IMAGES = 16;
  private static final int SURROUNDINGS = 32;
  private static final int SOFTNESS = 4;
  private static final double FAITHFUL = 0.5;
  private static final double FREE = 0.75;
  private static final double VARIED = 0.6;
  private static final double ANEW = 1;

  private Editing() {}

  /** How much of the picture is left where there is no mask. */
  private enum Fidelity {
    HIGH,
    LOW
  }

  /** What a request says and the pictures it has. */
  private record Given(Fields fields, List<GivenPicture> images, Optional<GivenPicture> mask) {}

  /** {@return an edit as a form, or as JSON with the pictures in it} */
  static Drawing read(Context context, Desk desk) {
    Given given = Body.isOf(context, "application/json") ? ofJson(context) : ofForm(context);
    Fields fields = given.fields();
    Fidelity fidelity = fields.choice("input_fidelity", Fidelity.class).orElse(Fidelity.LOW);
    Settings settings = Settings.read(fields, desk, Settings.prompt(fields));
    GivenPicture picture = only(given.images());
    if (given.mask().isPresent()) {
      return masked(settings, picture.image(), given.mask().get().image());
    }
    double strength = fidelity == Fidelity.HIGH ? FAITHFUL : FREE;
    return from(picture.image(), settings, strength);
  }

  /** {@return a variation, which is drawn from the words that its picture was drawn from} */
  static Drawing readVariation(Context context, Desk desk) {
    Form form = Body.form(context);
    Fields fields = form.fields();
    fields.allowOnly(java.util.Set.of("model", "n", "response_format", "size", "user", "seed"));
    GivenPicture picture = only(pictures(form));
    Prompt prompt = prompt(picture);
    return from(picture.image(), Settings.read(fields, desk, prompt), VARIED);
  }

  private static Prompt prompt(GivenPicture picture) {
    try {
      return Recipe.of(picture.texts()).map(Recipe::prompt).orElse(Prompt.of(""));
    } catch (io.songe.error.BrokenFileException foreign) {
      return Prompt.of("");
    }
  }

  private static Given ofForm(Context context) {
    Form form = Body.form(context);
    form.fields().allowOnly(Settings.fieldsAnd("input_fidelity"));
    List<byte[]> masks = form.files("mask");
    if (masks.size() > 1) {
      throw Refusal.ofField("mask", "one mask is the most, got " + masks.size());
    }
    return new Given(
        form.fields(),
        pictures(form),
        masks.stream().findFirst().map(mask -> GivenPicture.decode("mask", mask)));
  }

  private static List<GivenPicture> pictures(Form form) {
    List<byte[]> files = form.files("image");
    requireOne(files.size());
    return List.of(GivenPicture.decode("image", files.getFirst()));
  }

  private static Given ofJson(Context context) {
    Fields fields = Body.jsonWithPictures(context);
    fields.allowOnly(Settings.fieldsAnd("input_fidelity", "images", "mask"));
    List<JsonNode> images = new ArrayList<>();
    fields
        .raw("images")
        .ifPresent(list -> {
          if (!list.isArray()) {
            throw Refusal.ofField(
                "images", "images must be a list of {\"image_url\": \"data:...\"}");
          }
          list.forEach(images::add);
        });
    requireOne(images.size());
    return new Given(
        fields,
        List.of(picture("images", images.getFirst())),
        fields.raw("mask").map(mask -> picture("mask", mask)));
  }

  private static GivenPicture picture(String field, JsonNode reference) {
    if (reference.has("file_id")) {
      throw Refusal.ofField(
          field, "there are no uploaded files here; send the picture in image_url");
    }
    JsonNode url = reference.path("image_url");
    if (!url.isString()) {
      throw Refusal.ofField(
          field, field + " must be {\"image_url\": \"data:image/png;base64,...\"}");
    }
    return GivenPicture.ofDataUrl(field, url.stringValue());
  }

  private static void requireOne(int count) {
    if (count == 0) {
      throw Refusal.ofField(
          "image", "image is missing; send the picture that the edit begins with");
    }
    if (count > MOST_IMAGES) {
      throw Refusal.ofField(
          "image", "%d images are the most, got %d".formatted(MOST_IMAGES, count));
    }
    if (count > 1) {
      throw Refusal.ofField(
          "image", "these models edit one picture at a time, got %d; send one".formatted(count));
    }
  }

  private static GivenPicture only(List<GivenPicture> images) {
    return images.getFirst();
  }

  /**
   * With a size the whole picture is drawn at it; without one the mask and its surroundings are,
   * and the rest of the picture stays as it is.
   */
  private static Drawing masked(Settings settings, Image picture, Image mask) {
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw Refusal.ofField(
          "mask",
          "a mask has the size of its picture: the picture is %dx%d, the mask %dx%d"
              .formatted(picture.width(), picture.height(), mask.width(), mask.height()));
    }
    Masking.Area area =
        settings.size().isPresent()
            ? new Masking.Area.Whole()
            : new Masking.Area.AroundMask(SURROUNDINGS);
    try {
      Masking masking =
          new Masking(
              Source.of(mask),
              Mask.Convention.TRANSPARENT,
              false,
              SOFTNESS,
              MaskedContent.FILL,
              area);
      Start start = new Start.Inpainted(Source.of(picture), masking, Fit.CROP, ANEW);
      return new Drawing(
          Drawing.Kind.IMAGE_EDIT,
          settings,
          Edit.NONE.withStart(start),
          settings.size(),
          List.of(picture, mask));
    } catch (InvalidRequestException wrong) {
      throw Refusal.ofField("mask", String.valueOf(wrong.getMessage()));
    }
  }

  /** Without a size it is drawn in its own shape, with about as many pixels as the model likes. */
  private static Drawing from(Image picture, Settings settings, double strength) {
    Size size =
        settings.size().orElseGet(() -> Size.shapedAs(picture, settings.model().card().side()));
    Start start = new Start.Picture(Source.of(picture), Fit.CROP, strength);
    return new Drawing(
        Drawing.Kind.IMAGE_EDIT,
        settings,
        Edit.NONE.withStart(start),
        Optional.of(size),
        List.of(picture));
  }
}
