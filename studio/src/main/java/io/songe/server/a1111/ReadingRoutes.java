package io.songe.server.a1111;

import io.javalin.http.Context;
import io.songe.error.BrokenFileException;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.pipeline.Recipe;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code png-info} and {@code interrogate}: what a picture's file says. */
final class ReadingRoutes {
  private static final Set<String> INFO = Set.of(ParametersText.KEYWORD, PictureTexts.USER_COMMENT);

  /** What the web UI takes where a text does not say it. */
  private static final Map<String, String> USUAL =
      Map.of(
          "Clip skip", "1",
          "Schedule type", "Automatic",
          "Hires prompt", "",
          "Hires negative prompt", "",
          "Mask mode", "Inpaint masked",
          "Masked content", "original",
          "Inpaint area", "Whole picture");

  private ReadingRoutes() {}

  /** Answers {@code png-info}. */
  static void info(Context context) {
    Map<String, String> texts = picture(RequestFields.of(context.bodyAsBytes())).texts();
    String info = infotext(texts);
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    answer.put("info", info);
    ObjectNode items = answer.putObject("items");
    texts.forEach((keyword, text) -> {
      if (!INFO.contains(keyword)) {
        items.put(keyword, text);
      }
    });
    ObjectNode parameters = answer.putObject("parameters");
    if (!info.isEmpty()) {
      ParametersText parsed = ParametersText.parse(info);
      parameters.put("Prompt", parsed.prompt());
      parameters.put("Negative prompt", parsed.negativePrompt());
      parsed.withSizesSplit().forEach(parameters::put);
      USUAL.forEach((key, value) -> parameters.putIfAbsent(key, parameters.stringNode(value)));
    }
    Answer.json(context, answer);
  }

  private static SentPicture picture(RequestFields fields) {
    return SentPicture.of(
        "image",
        fields.picture("image").orElseThrow(() -> RequestFields.wrong("image", "field required")));
  }

  private static String infotext(Map<String, String> texts) {
    return INFO.stream()
        .flatMap(keyword -> Optional.ofNullable(texts.get(keyword)).stream())
        .findFirst()
        .or(() -> foreign(texts).map(ReadingRoutes::infotext))
        .orElse("");
  }

  private static Optional<ForeignRecipe> foreign(Map<String, String> texts) {
    try {
      return ForeignRecipe.of(texts);
    } catch (BrokenFileException garbled) {
      return Optional.empty(); // its texts are told as they are
    }
  }

  /** Another program's recipe in the web UI's words. */
  private static String infotext(ForeignRecipe recipe) {
    List<Parameter> said = new ArrayList<>();
    recipe.steps().ifPresent(steps -> said.add(new Parameter("Steps", "" + steps)));
    recipe.sampler().ifPresent(sampler -> said.add(new Parameter("Sampler", sampler)));
    recipe.schedule().ifPresent(schedule -> said.add(new Parameter("Schedule type", schedule)));
    recipe.guidance().ifPresent(scale -> said.add(new Parameter("CFG scale", "" + scale)));
    recipe.seed().ifPresent(seed -> said.add(new Parameter("Seed", "" + seed)));
    recipe
        .size()
        .ifPresent(size -> said.add(new Parameter("Size", size.width() + "x" + size.height())));
    recipe.modelHash().ifPresent(hash -> said.add(new Parameter("Model hash", hash)));
    recipe.model().ifPresent(model -> said.add(new Parameter("Model", model)));
    return new ParametersText(recipe.prompt(), recipe.negativePrompt(), said).write();
  }

  /** Answers {@code interrogate}: with a phrase that the file says, or not at all. */
  static void interrogate(Context context) {
    RequestFields fields = RequestFields.of(context.bodyAsBytes());
    if (!fields.says("image")) {
      throw new HttpFailure(Failure.of(404, "Image not found"));
    }
    Map<String, String> texts = picture(fields).texts();
    String phrase =
        phrase(texts)
            .filter(said -> !said.isBlank())
            .orElseThrow(() ->
                new HttpFailure(
                    Failure.of(
                        501,
                        "there is no model here that describes pictures, and this one's file does"
                            + " not say what was asked for")));
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    answer.put("caption", phrase);
    Answer.json(context, answer);
  }

  private static Optional<String> phrase(Map<String, String> texts) {
    try {
      Optional<String> own = Recipe.of(texts).map(recipe -> recipe.prompt().positive());
      return own.or(() -> ForeignRecipe.of(texts).map(ForeignRecipe::words));
    } catch (BrokenFileException garbled) {
      return Optional.empty();
    }
  }
}
