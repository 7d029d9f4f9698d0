package io.songe.server.api;

import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelSummary;
import io.songe.error.BrokenFileException;
import io.songe.mini.SongeMini;
import io.songe.models.ModelShelf;
import io.songe.pipeline.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The models at hand, described. What was read of one is kept until its files change. */
final class ModelList {
  private static final String CARD = "README.md";
  private static final int MOST_BYTES = 1 << 20;

  /** What hubs' pages read: keys and values between two lines of hyphens. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\R.*?\\R---\\R", Pattern.DOTALL);

  private final ModelShelf shelf;
  private final String usual;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /**
   * The models of a shelf.
   *
   * @param usual draws where no model is named
   */
  ModelList(ModelShelf shelf, String usual) {
    this.shelf = shelf;
    this.usual = usual;
  }

  private record Read(Path path, FileTime changed, Described model) {}

  /**
   * A model.
   *
   * @param summary what its files say
   * @param card what its authors write of it, in Markdown; may be empty
   * @param bundled whether it comes with Songe
   */
  record Described(ModelSummary summary, String card, boolean bundled) {
    String name() {
      return summary.card().name();
    }
  }

  /** {@return all models that can be read, the bundled one first} */
  List<Described> all() {
    return shelf.all().stream().map(this::describe).flatMap(Optional::stream).toList();
  }

  /** {@return the model that is drawn with where none is named} */
  String usual() {
    return usual;
  }

  /** {@return a model} */
  Optional<Described> find(String name) {
    return Optional.ofNullable(read.get(name))
        .filter(known -> known.changed().equals(changed(known.path())))
        .map(Read::model)
        .or(() -> shelf.named(name).flatMap(this::describe));
  }

  /**
   * {@return what was asked for, without the words of a style}
   *
   * @param prompt with them
   * @param model that drew it
   * @param style by name; may be empty
   */
  String unstyled(String prompt, String model, String style) {
    return style.isEmpty()
        ? prompt
        : find(model).stream()
            .flatMap(each -> each.summary().card().styles().stream())
            .filter(each -> each.name().equalsIgnoreCase(style))
            .findFirst()
            .map(each -> each.removeFrom(prompt))
            .orElse(prompt);
  }

  /** {@return whether a phrase may name something that its model, or a LoRA, was taught} */
  boolean mayKnow(Recipe recipe) {
    return !recipe.adapters().isEmpty()
        || find(recipe.model()).stream()
            .map(each -> each.summary().card().things())
            .allMatch(things -> things.mayBeNamedIn(recipe.prompt().positive()));
  }

  /**
   * {@return what a model says of itself}
   *
   * @param name empty for the usual model
   * @throws io.songe.server.HttpFailure if there is none of that name
   */
  ModelCard card(Optional<String> name) {
    String wanted = name.orElse(usual);
    return find(wanted)
        .map(model -> model.summary().card())
        .orElseThrow(() ->
            Refused.field(
                "model",
                "there is no model of that name; known are " + String.join(", ", shelf.names())));
  }

  private Optional<Described> describe(Path model) {
    try {
      FileTime changed = changed(model);
      var described =
          new Described(ModelSummary.read(model), card(model), model.equals(SongeMini.folder()));
      read.put(described.name(), new Read(model, changed, described));
      return Optional.of(described);
    } catch (IOException | BrokenFileException unusable) {
      return Optional.empty(); // "songe models" tells what is wrong with it
    }
  }

  private static FileTime changed(Path model) {
    try {
      return Files.getLastModifiedTime(model);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static String card(Path model) throws IOException {
    Path card = model.resolve(CARD);
    if (!Files.isRegularFile(card)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(card)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return FRONT_MATTER.matcher(text).replaceFirst("").strip();
    }
  }
}
