package io.songe.server.a1111;

import io.javalin.http.Context;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.jobs.Job;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Variation;
import io.songe.studio.Studio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a finished request is answered with: its pictures, its fields, and how they were made. */
final class DrawingAnswer {
  private final Job first;
  private final List<Path> files = new ArrayList<>();

  /**
   * An answer.
   *
   * @param jobs at least one, all over; those that were given up with the pictures that were done
   */
  DrawingAnswer(Studio studio, List<Job> jobs) {
    this.first = jobs.getFirst();
    for (Job job : jobs) {
      String owner = job.order().owner();
      for (int i = 0; i < job.pictures().size(); i++) {
        Optional<Path> file =
            job.order().kept()
                ? studio.gallery().file(owner, job.pictures().get(i))
                : studio.queue().picture(owner, job.id(), i);
        file.ifPresent(files::add);
      }
    }
  }

  /**
   * Writes it, one picture after the other: together they may be larger than the memory.
   *
   * @param echo the request's fields
   * @param sent whether the pictures are wanted
   * @throws IOException if the client went away
   */
  void write(Context context, ObjectNode echo, boolean sent) throws IOException {
    String info = info(echo).toString();
    context.contentType("application/json").disableCompression();
    try (JsonGenerator json = RequestFields.JSON.createGenerator(context.outputStream())) {
      json.writeStartObject();
      json.writeName("images").writeStartArray();
      for (Path file : sent ? files : List.<Path>of()) {
        try (InputStream in = Files.newInputStream(file)) {
          json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, (int) Files.size(file));
        }
      }
      json.writeEndArray();
      json.writeName("parameters");
      RequestFields.JSON.writeTree(json, echo);
      json.writeStringProperty("info", info);
      json.writeEndObject();
    } catch (JacksonIOException cut) {
      throw cut.getCause();
    }
  }

  private ObjectNode info(ObjectNode echo) {
    List<Map<String, String>> texts = files.stream().map(DrawingAnswer::texts).toList();
    List<Recipe> recipes = texts.stream().flatMap(each -> Recipe.of(each).stream()).toList();
    Recipe recipe = recipes.isEmpty() ? first.order().recipe() : recipes.getFirst();
    ObjectNode info = RequestFields.JSON.createObjectNode();
    info.put("prompt", recipe.prompt().positive());
    ArrayNode prompts = info.putArray("all_prompts");
    info.put("negative_prompt", recipe.prompt().negative());
    ArrayNode negatives = info.putArray("all_negative_prompts");
    info.put("seed", recipe.seed());
    ArrayNode seeds = info.putArray("all_seeds");
    info.put("subseed", subseed(recipe));
    ArrayNode subseeds = info.putArray("all_subseeds");
    for (Recipe each : recipes) {
      prompts.add(each.prompt().positive());
      negatives.add(each.prompt().negative());
      seeds.add(each.seed());
      subseeds.add(subseed(each));
    }
    info.put("subseed_strength", variation(recipe).strength());
    info.put("width", recipe.width());
    info.put("height", recipe.height());
    info.put("sampler_name", Samplers.get(recipe.sampler()).label());
    info.put("cfg_scale", recipe.guidanceScale());
    info.put("steps", recipe.steps());
    info.set("batch_size", echo.path("batch_size"));
    info.put("restore_faces", false);
    info.putNull("face_restoration_model");
    info.put("sd_model_name", recipe.model());
    info.put("sd_model_hash", ModelList.shortHash(recipe.weightsSha256()));
    info.putNull("sd_vae_name");
    info.putNull("sd_vae_hash");
    info.put("seed_resize_from_w", -1);
    info.put("seed_resize_from_h", -1);
    info.put("denoising_strength", strength(recipe).orElse(null));
    info.putObject("extra_generation_params")
        .put("Schedule type", SigmaSchedules.get(recipe.schedule()).label());
    info.put("index_of_first_image", 0);
    ArrayNode infotexts = info.putArray("infotexts");
    texts.forEach(each -> infotexts.add(each.getOrDefault(ParametersText.KEYWORD, "")));
    info.set("styles", echo.path("styles"));
    info.put("job_timestamp", Progress.timestamp(first.submitted()));
    info.put("clip_skip", recipe.clipSkip());
    info.put("is_using_inpainting_conditioning", false);
    info.put("version", recipe.software());
    return info;
  }

  private static Variation variation(Recipe recipe) {
    return recipe.edit().flatMap(EditRecipe::variation).orElse(Variation.NONE);
  }

  private static long subseed(Recipe recipe) {
    return variation(recipe).isNone() ? -1 : variation(recipe).seed();
  }

  private static Optional<Double> strength(Recipe recipe) {
    return recipe
        .edit()
        .flatMap(edit ->
            edit.start()
                .map(EditRecipe.StartRecipe::strength)
                .or(() -> edit.secondPass().map(EditRecipe.PassRecipe::strength)));
  }

  private static Map<String, String> texts(Path file) {
    try {
      return Png.readTexts(file, PngLimits.DEFAULT);
    } catch (BrokenFileException removed) {
      return Map.of();
    }
  }
}
