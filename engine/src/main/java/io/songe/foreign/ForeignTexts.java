package io.songe.foreign;

import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds out which program wrote a picture's texts. */
final class ForeignTexts {
  private static final String COMFY_GRAPH = "prompt";

  /** ComfyUI's mark of its graph where it has to use the names of cameras. */
  private static final String COMFY_MARK = "prompt:";

  private static final String FOOOCUS_SCHEME = "fooocus_scheme";

  private final Map<String, String> texts;

  private ForeignTexts(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Programs that say the most come first, since several may have written into one file. */
  static Optional<ForeignRecipe> read(Map<String, String> texts) {
    var reader = new ForeignTexts(texts);
    return InvokeAiMetadata.read(texts)
        .or(() -> NovelAiComment.read(texts))
        .or(reader::parameters)
        .or(reader::userComment)
        .or(reader::comfyGraph);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  private Optional<ForeignRecipe> parameters() {
    return text(ParametersText.KEYWORD)
        .map(text -> {
          boolean json = ForeignJson.looksLikeObject(text);
          return json
              ? FooocusMetadata.read(ForeignJson.read(ParametersText.KEYWORD, text))
              : WebUiParameters.read(text, byFooocus());
        });
  }

  private boolean byFooocus() {
    return texts.containsKey(FOOOCUS_SCHEME)
        || text("Software").filter(name -> name.startsWith(Program.FOOOCUS.label())).isPresent();
  }

  /** Cameras and people write user comments too: only what has the form of a recipe is one. */
  private Optional<ForeignRecipe> userComment() {
    return text(PictureTexts.USER_COMMENT)
        .or(() -> text(PictureTexts.JPEG_COMMENT))
        .flatMap(text -> {
          if (!ForeignJson.looksLikeObject(text)) {
            return ParametersText.parse(text).parameters().isEmpty()
                ? Optional.empty()
                : Optional.of(WebUiParameters.read(text, byFooocus()));
          }
          return byFooocus()
              ? Optional.of(FooocusMetadata.read(ForeignJson.read("UserComment", text)))
              : Optional.empty();
        });
  }

  private Optional<ForeignRecipe> comfyGraph() {
    Optional<String> marked =
        texts.values().stream()
            .filter(text -> text.startsWith(COMFY_MARK))
            .map(text -> text.substring(COMFY_MARK.length()))
            .findFirst();
    return text(COMFY_GRAPH)
        .or(() -> marked)
        .filter(ForeignJson::looksLikeObject)
        .flatMap(text -> {
          ObjectNode graph = ForeignJson.read(COMFY_GRAPH, text);
          return ComfyGraph.of(graph).map(ComfyReader::read);
        });
  }
}
