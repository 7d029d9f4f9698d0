package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.file.FileLabel;
import io.songe.jobs.Order;
import io.songe.pictures.PictureFormat;
import io.songe.pipeline.edit.Edit;
import io.songe.server.Fields;
import io.songe.text.Prompt;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the three kinds of requests have in common.
 *
 * @param prompt what to draw, and what to keep away from
 * @param model that draws
 * @param count how many pictures
 * @param size of them, empty where it is left to us
 * @param quality how much work is put into them
 * @param look what they look like
 * @param background what is behind them
 * @param seed of the first, empty for a random one
 * @param delivery how they are handed out
 */
record Settings(
    Prompt prompt,
    NamedModel model,
    int count,
    Optional<Size> size,
    Quality quality,
    Look look,
    Background background,
    Optional<Long> seed,
    Delivery delivery) {
  private static final int MOST_PICTURES = 10;

  /** The fields that are read here. */
  static final Set<String> FIELDS =
      Set.of(
          "prompt",
          "negative_prompt",
          "model",
          "n",
          "size",
          "quality",
          "style",
          "background",
          "seed",
          "output_format",
          "output_compression",
          "response_format",
          "stream",
          "partial_images",
          "moderation",
          "user",
          "safety_identifier");

  /** {@return these fields and others} */
  static Set<String> fieldsAnd(String... others) {
    Set<String> fields = new LinkedHashSet<>(FIELDS);
    fields.addAll(Set.of(others));
    return fields;
  }

  private enum Moderation {
    LOW,
    AUTO
  }

  /**
   * Reads a request.
   *
   * @param prompt of it, which variations need not have
   */
  static Settings read(Fields fields, Desk desk, Prompt prompt) {
    Optional<String> asked = fields.text("model");
    NamedModel model = NamedModel.find(desk, asked);
    Delivery delivery = Delivery.read(fields, asked);
    Background background = fields.choice("background", Background.class).orElse(Background.AUTO);
    if (background == Background.TRANSPARENT && delivery.type() == PictureFormat.JPEG) {
      throw Refusal.ofField("background", "a jpeg cannot be transparent; ask for png or webp");
    }
    fields.choice("moderation", Moderation.class);
    fields.text("user");
    fields.text("safety_identifier");
    return new Settings(
        prompt,
        model,
        fields.whole("n", 1, MOST_PICTURES).orElse(1),
        Size.read(fields),
        fields.choice("quality", Quality.class).orElse(Quality.AUTO),
        Look.read(fields, model),
        background,
        fields.large("seed", 0, Fields.MOST_WHOLE),
        delivery);
  }

  /** {@return what a request asks to be drawn; something must be} */
  static Prompt prompt(Fields fields) {
    String positive =
        fields
            .text("prompt")
            .orElseThrow(() -> Refusal.ofField("prompt", "prompt is missing; say what to draw"));
    if (fields.with("prompt", () -> Prompt.of(positive)).isBlank()) {
      throw Refusal.ofField("prompt", "prompt is empty; say what to draw");
    }
    String negative = fields.text("negative_prompt").orElse("");
    return fields.with("negative_prompt", () -> new Prompt(positive, negative));
  }

  /**
   * The wish that says this.
   *
   * @param owner who asks
   * @param edit what it begins with
   * @param drawn the size at which it is drawn, empty for the usual one
   */
  Wish wish(String owner, Edit edit, Optional<Size> drawn) {
    return new Wish(
        owner,
        Order.Door.OPENAI,
        Optional.of(model.name()),
        prompt,
        look.style(),
        drawn.map(Size::width),
        drawn.map(Size::height),
        Optional.of(quality.steps(model.card())),
        look.guidance(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        seed,
        count,
        Optional.empty(),
        Optional.empty(),
        background.colour(delivery.type()),
        edit,
        Optional.empty(),
        false,
        true);
  }

  /**
   * How the pictures are to look: by their name, one of the model's drawing styles; or by the two
   * words of OpenAI, how strongly they are drawn towards the prompt.
   *
   * @param style the drawing style, may be empty
   * @param guidance its scale, empty for the model's own
   */
  record Look(String style, Optional<Double> guidance) {
    private static final double VIVID = 1.25;
    private static final double NATURAL = 0.75;

    static Look read(Fields fields, NamedModel model) {
      String asked = fields.text("style").orElse("");
      return switch (asked) {
        case "" -> new Look("", Optional.empty());
        case "vivid" -> new Look("", scaled(model, VIVID));
        case "natural" -> new Look("", scaled(model, NATURAL));
        default -> {
          Set<String> known = new TreeSet<>();
          model.card().styles().forEach(style -> known.add(style.name()));
          if (!known.contains(asked)) {
            throw Refusal.ofField(
                "style",
                "style must be vivid, natural or one of the model's, %s; got %s"
                    .formatted(
                        known.isEmpty() ? "which has none" : String.join(", ", known),
                        FileLabel.quote(asked)));
          }
          yield new Look(asked, Optional.empty());
        }
      };
    }

    /** A model that is asked without guidance was made for that. */
    private static Optional<Double> scaled(NamedModel model, double by) {
      double usual = model.card().guidanceScale();
      return usual > 1 ? Optional.of(Math.max(1, usual * by)) : Optional.empty();
    }
  }
}
