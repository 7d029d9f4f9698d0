package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.drawing.WorkLimit;
import io.songe.jobs.JobQueue;
import io.songe.jobs.JobState;
import io.songe.models.ModelShelf;
import io.songe.pictures.PictureUpload;
import io.songe.pipeline.Version;
import io.songe.pipeline.edit.Upscaler;
import io.songe.server.Caller;
import io.songe.studio.Studio;
import io.songe.text.syntax.PromptSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How the studio is, what can be chosen, and the description of this interface. */
final class StatusRoutes implements ApiDoor.Routes {
  private static final String DESCRIPTION = "openapi.yaml";

  private final Studio studio;
  private final ModelShelf shelf;
  private final ModelList models;

  StatusRoutes(Studio studio, ModelShelf shelf, ModelList models) {
    this.studio = studio;
    this.shelf = shelf;
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/status", this::status);
    routes.get("/api/options", this::options);
    routes.get("/api/" + DESCRIPTION, StatusRoutes::description);
  }

  private record StatusJson(
      String version,
      String user,
      boolean paused,
      int running,
      int queued,
      String defaultModel,
      boolean warm) {}

  private void status(Context context) {
    JobQueue queue = studio.queue();
    Map<JobState, Integer> counts = queue.counts();
    Json.answer(
        context,
        new StatusJson(
            Version.software(),
            Caller.of(context).user(),
            queue.isPaused(),
            counts.getOrDefault(JobState.RUNNING, 0),
            counts.getOrDefault(JobState.QUEUED, 0),
            models.usual(),
            studio.isWarm(models.usual())));
  }

  private record ChoiceJson(String id, String label) {}

  private record LimitsJson(
      long maxPixels, int maxSteps, int maxCount, int maxUploadBytes, int maxPhrase) {}

  private record OptionsJson(
      List<ChoiceJson> samplers,
      List<ChoiceJson> schedules,
      List<ChoiceJson> upscalers,
      List<String> syntaxes,
      List<String> loras,
      List<String> embeddings,
      LimitsJson limits) {}

  private void options(Context context) {
    Json.answer(
        context,
        new OptionsJson(
            Samplers.catalogue().rows().stream()
                .map(row -> new ChoiceJson(row.id(), row.label()))
                .toList(),
            SigmaSchedules.catalogue().rows().stream()
                .map(row -> new ChoiceJson(row.id(), row.label()))
                .toList(),
            Stream.of(Upscaler.values())
                .map(each -> new ChoiceJson(each.id(), each.label()))
                .toList(),
            Stream.of(PromptSyntax.values()).map(PromptSyntax::id).toList(),
            shelf.loras().names(),
            shelf.embeddings().names(),
            new LimitsJson(
                WorkLimit.USUAL.pixels(),
                JobBody.MOST_STEPS,
                JobBody.MOST_PICTURES,
                PictureUpload.USUAL.bytes(),
                JobBody.LONGEST_PHRASE)));
  }

  private static void description(Context context) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StatusRoutes.class.getResourceAsStream(DESCRIPTION))) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }
}
