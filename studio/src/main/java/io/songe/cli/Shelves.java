package io.songe.cli;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.models.AdapterShelf;
import io.songe.models.ModelShelf;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command finds by name, or by path where one is typed; and what it says where there is
 * nothing.
 *
 * @param around the words, and where the models folder is
 */
record Shelves(Surroundings around) {
  /** {@return the models} */
  ModelShelf models() {
    return around.models();
  }

  /**
   * The folder or file of a model.
   *
   * @param nameOrPath a name from the shelf, or a folder or file anywhere
   * @throws InvalidRequestException if it is neither
   */
  Path model(String nameOrPath) {
    ModelShelf models = models();
    return models
        .named(nameOrPath)
        .or(() -> Optional.of(UserPath.of(nameOrPath, around)).filter(Files::exists))
        .orElseThrow(
            () -> UnknownName.refuse(around, Text.UNKNOWN_MODEL, nameOrPath, models.names()));
  }

  /** {@return the file of a LoRA: one of that name, or one anywhere} */
  Path lora(String nameOrPath) {
    return find(models().loras(), Text.UNKNOWN_LORA, nameOrPath);
  }

  /** {@return the file of an embedding: one of that name, or one anywhere} */
  Path embedding(String nameOrPath) {
    return find(models().embeddings(), Text.UNKNOWN_EMBEDDING, nameOrPath);
  }

  /**
   * The file of a LoRA that a prompt asks for, which may come from elsewhere and names no file.
   *
   * @throws InvalidRequestException if there is none of that name
   */
  Path loraOfPrompt(String name) {
    AdapterShelf loras = models().loras();
    return loras.named(name).orElseThrow(() -> unknown(loras, Text.UNKNOWN_LORA, name));
  }

  private Path find(AdapterShelf shelf, Text unknown, String nameOrPath) {
    return shelf
        .named(nameOrPath)
        .or(() -> Optional.of(UserPath.of(nameOrPath, around)).filter(Files::isRegularFile))
        .orElseThrow(() -> unknown(shelf, unknown, nameOrPath));
  }

  private InvalidRequestException unknown(AdapterShelf shelf, Text unknown, String name) {
    List<String> known = shelf.names();
    return known.isEmpty()
        ? new InvalidRequestException(
            around.say(unknown, name) + around.say(Text.ADAPTERS_GO_INTO, shelf.folder()))
        : UnknownName.refuse(around, unknown, name, known);
  }

  /**
   * Opens the adapters that a picture was drawn with.
   *
   * @throws InvalidRequestException if one is not on its shelf
   */
  OpenedAdapters adapters(Recipe recipe) {
    return OpenedAdapters.of(recipe.adapters(), this::adapter);
  }

  private Path adapter(AppliedAdapter wanted) {
    AdapterShelf shelf =
        wanted.kind().equals(AppliedAdapter.LORA) ? models().loras() : models().embeddings();
    return shelf
        .withHash(wanted.name(), wanted.sha256())
        .orElseThrow(() ->
            new InvalidRequestException(
                around.say(
                    Text.ADAPTER_OF_RECIPE_MISSING,
                    Printable.line(wanted.name()),
                    Printable.line(wanted.sha256()),
                    shelf.folder())));
  }
}
