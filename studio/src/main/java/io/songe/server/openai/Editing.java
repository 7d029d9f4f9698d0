package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.pictures.PictureUpload;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.server.Fields;
import io.songe.text.Prompt;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads requests that begin with a picture. */
final class Editing {
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
  private record Given(Fields fields, PictureUpload picture, Optional<PictureUpload> mask) {}

  /** {@return an edit as a form, or as JSON with the pictures in it} */
  static Drawing read(Context context, Desk desk) throws IOException {
    Given given = Body.isOf(context, "application/json") ? ofJson(context) : ofForm(context);
    Fields fields = given.fields();
    Fidelity fidelity = fields.choice("input_fidelity", Fidelity.class).orElse(Fidelity.LOW);
    Settings settings = Settings.read(fields, desk, Settings.prompt(fields));
    Image picture = given.picture().image();
    if (given.mask().isPresent()) {
      return masked(settings, picture, given.mask().get().image());
    }
    return from(picture, settings, fidelity == Fidelity.HIGH ? FAITHFUL : FREE);
  }

  /** {@return a variation, which is drawn from the words that its picture was drawn from} */
  static Drawing readVariation(Context context, Desk desk) throws IOException {
    Form form = Body.form(context);
    Fields fields = form.fields();
    fields.allowOnly(Set.of("model", "n", "response_format", "size", "user", "seed"));
    PictureUpload picture = picture(form);
    Prompt prompt = prompt(picture);
    return from(picture.image(), Settings.read(fields, desk, prompt), VARIED);
  }

  private static Prompt prompt(PictureUpload picture) {
    try {
      Optional<Prompt> own = Recipe.of(picture.texts()).map(Recipe::prompt);
      return own.or(() ->
              ForeignRecipe.of(picture.texts())
                  .map(foreign -> new Prompt(foreign.words(), foreign.negativeWords())))
          .orElse(Prompt.of(""));
    } catch (BrokenFileException | InvalidRequestException unknown) {
      return Prompt.of("");
    }
  }

  private static Given ofForm(Context context) throws IOException {
    Form form = Body.form(context);
    form.fields().allowOnly(Settings.fieldsAnd("input_fidelity"));
    List<byte[]> masks = form.files("mask");
    if (masks.size() > 1) {
      throw Refusal.ofField("mask", "one mask is the most, got " + masks.size());
    }
    return new Given(
        form.fields(),
        picture(form),
        masks.stream().findFirst().map(mask -> GivenPicture.read("mask", mask)));
  }

  private static PictureUpload picture(Form form) {
    List<byte[]> files = form.files("image");
    requireOne("image", files.size());
    return GivenPicture.read("image", files.getFirst());
  }

  private static Given ofJson(Context context) throws IOException {
    Fields fields = Body.jsonWithPictures(context);
    fields.allowOnly(Settings.fieldsAnd("input_fidelity", "images", "mask"));
    List<JsonNode> images = fields.list("images");
    requireOne("images", images.size());
    return new Given(
        fields,
        picture("images", images.getFirst()),
        fields.raw("mask").map(mask -> picture("mask", mask)));
  }

  private static PictureUpload picture(String field, JsonNode reference) {
    if (reference.has("file_id")) {
      throw Refusal.ofField(
          field, "there are no uploaded files here; send the picture in image_url");
    }
    JsonNode url = reference.path("image_url");
    if (!url.isString()) {
      throw Refusal.ofField(
          field, field + " must be {\"image_url\": \"data:image/png;base64,...\"}");
    }
    return GivenPicture.readDataUrl(field, url.stringValue());
  }

  private static void requireOne(String field, int count) {
    if (count == 0) {
      throw Refusal.ofField(
          field, field + " is missing; send the picture that the drawing begins with");
    }
    if (count > 1) {
      throw Refusal.ofField(
          field, "one picture is edited at a time here, got %d; send one".formatted(count));
    }
  }

  /**
   * The whole picture is drawn, if the model is used to such a size. Otherwise, unless another size
   * is asked for, the surroundings of the mask are drawn at the model's own and laid back.
   */
  private static Drawing masked(Settings settings, Image picture, Image mask) {
    Size own = Size.of(picture);
    if (!Size.of(mask).equals(own)) {
      throw Refusal.ofField(
          "mask",
          "a mask has the size of its picture: the picture is %s, the mask %s"
              .formatted(own, Size.of(mask)));
    }
    Size wanted = settings.size().orElse(own);
    boolean usual = wanted.canBeDrawn() && !wanted.isLargeFor(settings.model().card().side());
    boolean whole = usual || !wanted.equals(own);
    Masking.Area area =
        whole ? new Masking.Area.Whole() : new Masking.Area.AroundMask(SURROUNDINGS);
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
          Optional.of(wanted).filter(_ -> whole),
          List.of(picture, mask));
    } catch (InvalidRequestException wrong) {
      throw Refusal.ofField("mask", String.valueOf(wrong.getMessage()));
    }
  }

  /** Without a size it is drawn in its own shape. */
  private static Drawing from(Image picture, Settings settings, double strength) {
    Start start = new Start.Picture(Source.of(picture), Fit.CROP, strength);
    return new Drawing(
        Drawing.Kind.IMAGE_EDIT,
        settings,
        Edit.NONE.withStart(start),
        settings.size(),
        List.of(picture));
  }
}
