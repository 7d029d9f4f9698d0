package io.songe.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.models.ModelRecord;
import io.songe.models.ModelsFolder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The models at hand, and adding one. */
final class ModelRoutes implements ApiDoor.Routes {
  static final String PATH = "/api/models";

  private static final List<String> FILES = List.of(".safetensors", ".ckpt", ".gguf");

  private final ModelList models;
  private final Path folder;

  ModelRoutes(ModelList models, Path folder) {
    this.models = models;
    this.folder = folder;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.get(PATH + "/{name}", this::one);
    routes.post(PATH, this::add);
  }

  /** {@code default} is a word of Java's. */
  private record ModelsJson(@JsonProperty("default") String usual, List<ModelJson> models) {}

  private void list(Context context) {
    Json.answer(
        context, new ModelsJson(models.usual(), models.all().stream().map(ModelJson::of).toList()));
  }

  private void one(Context context) {
    Json.answer(
        context,
        models
            .find(context.pathParam("name"))
            .map(ModelJson::whole)
            .orElseThrow(() -> Refused.missing("model")));
  }

  private void add(Context context) throws IOException, ServletException {
    Part part = Uploads.part(context, "file");
    String name = name(context, part);
    Files.createDirectories(folder);
    Path sent = Files.createTempDirectory(folder, ".sent-");
    try {
      Path file = sent.resolve("model" + ending(name));
      try (InputStream in = part.getInputStream()) {
        Files.copy(in, file);
      }
      ModelRecord added = new ModelsFolder(folder).add(file, name);
      context.status(201);
      Json.answer(
          context,
          models
              .find(added.name())
              .map(ModelJson::whole)
              .orElseThrow(() -> Refused.field("file", "the file is no model that can be read")));
    } catch (InvalidRequestException refused) {
      throw Refused.field("name", String.valueOf(refused.getMessage()));
    } catch (BrokenFileException broken) {
      throw Refused.field("file", String.valueOf(broken.getMessage()));
    } finally {
      Uploads.remove(sent);
    }
  }

  private static String name(Context context, Part part) {
    String asked = context.formParam("name");
    String sent = Uploads.fileName(part);
    String name = asked == null || asked.isBlank() ? sent : asked.strip() + ending(sent);
    if (ending(name).isEmpty()) {
      throw Refused.field(
          "file", "a model that is dropped is one file of " + String.join(", ", FILES));
    }
    return name;
  }

  private static String ending(String name) {
    return FILES.stream().filter(name.toLowerCase(Locale.ROOT)::endsWith).findFirst().orElse("");
  }
}
