package io.songe.server.a1111;

import io.javalin.http.Context;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.Resampling;
import io.songe.pipeline.edit.Upscaler;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code extra-single-image} and {@code extra-batch-images}: pictures enlarged as they are, without
 * a model.
 *
 * @param byFactor whether the factor decides; otherwise the size
 * @param factor of both sides
 * @param width in pixels
 * @param height in pixels
 * @param cropped whether what goes beyond the size is cut off
 * @param first how it is enlarged; empty for not at all
 * @param second another way, blended over the first
 * @param share of the second
 */
record Extras(
    boolean byFactor,
    double factor,
    int width,
    int height,
    boolean cropped,
    Optional<Upscaler> first,
    Optional<Upscaler> second,
    double share) {
  private static final int MOST_PICTURES = 100;
  private static final int MOST_FACTOR = 8;
  private static final int LARGEST_SIDE = 4096;
  private static final int USUAL_SIDE = 512;
  private static final String TEXT = "postprocessing";

  /** Answers {@code extra-single-image}. */
  static void single(Context context) {
    RequestFields fields = RequestFields.of(context.bodyAsBytes());
    Extras extras = read(fields);
    SentPicture picture =
        SentPicture.of(
            "image",
            fields
                .picture("image")
                .orElseThrow(() -> RequestFields.wrong("image", "field required")));
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    answer.put("html_info", extras.words());
    answer.put("image", extras.apply(picture));
    Answer.json(context, answer);
  }

  /** Answers {@code extra-batch-images}, whose list has an old name too. */
  static void batch(Context context) {
    RequestFields fields = RequestFields.of(context.bodyAsBytes());
    Extras extras = read(fields);
    String name =
        fields.says("imageList") || !fields.says("image_list") ? "imageList" : "image_list";
    List<JsonNode> pictures = fields.list(name);
    if (pictures.isEmpty() || pictures.size() > MOST_PICTURES) {
      throw RequestFields.wrong(
          name, "from 1 to %d pictures, got %d".formatted(MOST_PICTURES, pictures.size()));
    }
    List<SentPicture> sent = new ArrayList<>();
    for (JsonNode each : pictures) {
      JsonNode data = each.has("data") ? each.path("data") : each.path("image");
      if (!data.isString()) {
        throw RequestFields.wrong(name, "each picture has its file in base64 as data");
      }
      sent.add(SentPicture.of(name, data.stringValue()));
    }
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    answer.put("html_info", extras.words());
    ArrayNode images = answer.putArray("images");
    sent.forEach(each -> images.add(extras.apply(each)));
    Answer.json(context, answer);
  }

  private static Extras read(RequestFields fields) {
    for (String faces : List.of("gfpgan_visibility", "codeformer_visibility")) {
      if (fields.number(faces, 0, 1, 0) > 0) {
        throw RequestFields.wrong(faces, "faces are not restored here; leave it 0");
      }
    }
    return new Extras(
        fields.whole("resize_mode", 0, 1, 0) == 0,
        fields.number("upscaling_resize", 0.01, MOST_FACTOR, 2),
        fields.whole("upscaling_resize_w", 1, LARGEST_SIDE, USUAL_SIDE),
        fields.whole("upscaling_resize_h", 1, LARGEST_SIDE, USUAL_SIDE),
        fields.flag("upscaling_crop", fields.flag("upscaling_resize_crop", true)),
        upscaler(fields, "upscaler_1"),
        upscaler(fields, "upscaler_2"),
        fields.number("extras_upscaler_2_visibility", 0, 1, 0));
  }

  private static Optional<Upscaler> upscaler(RequestFields fields, String field) {
    String name = fields.text(field, "None");
    if (name.isBlank() || name.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    try {
      Upscaler upscaler = Upscaler.named(name);
      if (upscaler.resampling().isPresent()) {
        return Optional.of(upscaler);
      }
    } catch (InvalidRequestException unknown) {
      // told below, as are those for latents
    }
    throw RequestFields.wrong(
        field,
        "there is no upscaler %s here; upscalers lists those that there are"
            .formatted(FileLabel.quote(name)));
  }

  private String apply(SentPicture picture) {
    Image image = picture.image();
    Optional<Image> one = first.flatMap(Upscaler::resampling).map(way -> enlarged(image, way));
    Image result = one.orElse(image);
    if (share > 0 && one.isPresent() && second.isPresent()) {
      Resampling way = second.flatMap(Upscaler::resampling).orElseThrow();
      result = blended(result, enlarged(image, way));
    }
    Png png = new Png(result);
    Map<String, String> texts = picture.texts();
    String made =
        texts.getOrDefault(
            ParametersText.KEYWORD, texts.getOrDefault(PictureTexts.USER_COMMENT, ""));
    if (!made.isEmpty()) {
      png = png.withText(ParametersText.KEYWORD, made);
    }
    return Base64.getEncoder().encodeToString(png.withText(TEXT, words()).encode());
  }

  private Image enlarged(Image image, Resampling way) {
    if (!byFactor) {
      return cropped ? covering(image, way) : inside(image, way);
    }
    int wide = (int) Math.max(1, image.width() * factor);
    int tall = (int) Math.max(1, image.height() * factor);
    requireSize(wide, tall);
    return image.resize(wide, tall, way);
  }

  private static void requireSize(int wide, int tall) {
    if (wide > LARGEST_SIDE || tall > LARGEST_SIDE) {
      throw RequestFields.wrong(
          "upscaling_resize",
          "a side has at most %d pixels, got %dx%d; take less".formatted(LARGEST_SIDE, wide, tall));
    }
  }

  /** What of the picture is not in the wanted shape is cut off alike at both ends. */
  private Image covering(Image image, Resampling way) {
    double scale = Math.max((double) width / image.width(), (double) height / image.height());
    int wide = Math.clamp(Math.round(width / scale), 1, image.width());
    int tall = Math.clamp(Math.round(height / scale), 1, image.height());
    return image
        .crop((image.width() - wide) / 2, (image.height() - tall) / 2, wide, tall)
        .resize(width, height, way);
  }

  private Image inside(Image image, Resampling way) {
    double scale = Math.max((double) width / image.width(), (double) height / image.height());
    int wide = (int) Math.max(1, Math.round(image.width() * scale));
    int tall = (int) Math.max(1, Math.round(image.height() * scale));
    requireSize(wide, tall);
    return image.resize(wide, tall, way);
  }

  private Image blended(Image under, Image over) {
    byte[] a = under.rgba();
    byte[] b = over.rgba();
    byte[] mixed = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      mixed[i] = (byte) Math.round((1 - share) * (a[i] & 0xff) + share * (b[i] & 0xff));
    }
    return Image.of(under.width(), under.height(), mixed);
  }

  private String words() {
    List<Parameter> said = new ArrayList<>();
    if (byFactor) {
      said.add(new Parameter("Postprocess upscale by", String.valueOf(factor)));
    } else {
      said.add(new Parameter("Postprocess upscale to", width + "x" + height));
    }
    said.add(new Parameter("Postprocess upscaler", label(first)));
    if (second.isPresent() && share > 0) {
      said.add(new Parameter("Postprocess upscaler 2", label(second)));
    }
    return new ParametersText("", "", said).write();
  }

  private static String label(Optional<Upscaler> way) {
    return way.map(Upscaler::label).orElse("None");
  }
}
