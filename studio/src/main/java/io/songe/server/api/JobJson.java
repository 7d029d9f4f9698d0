package io.songe.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.songe.jobs.Job;
import io.songe.jobs.Order;
import io.songe.pipeline.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job as it is answered.
 *
 * @param phrase what was asked for, without the style's words
 * @param taught whether the phrase may name something that the model was taught
 * @param timeLeft in seconds
 * @param more the jobs that were submitted with this one, where the phrase asked for several
 */
record JobJson(
    String id,
    String state,
    String door,
    Optional<Integer> position,
    int priority,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    String phrase,
    String negative,
    String style,
    String model,
    boolean taught,
    int width,
    int height,
    int steps,
    double guidance,
    String sampler,
    String schedule,
    long seed,
    int count,
    String background,
    boolean edited,
    boolean travel,
    boolean traced,
    boolean kept,
    int image,
    int step,
    int stepsOfEach,
    Optional<Double> timeLeft,
    List<String> pictures,
    int frames,
    Optional<String> failure,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> more) {

  static JobJson of(Job job, ModelList models) {
    return of(job, models, List.of());
  }

  static JobJson of(Job job, ModelList models, List<String> more) {
    Order order = job.order();
    Recipe recipe = order.recipe();
    return new JobJson(
        job.id(),
        lower(job.state()),
        lower(order.door()),
        job.position(),
        job.priority(),
        job.submitted(),
        job.started(),
        job.ended(),
        models.unstyled(recipe.prompt().positive(), recipe.model(), order.style()),
        recipe.prompt().negative(),
        order.style(),
        recipe.model(),
        models.mayKnow(recipe),
        recipe.width(),
        recipe.height(),
        recipe.steps(),
        recipe.guidanceScale(),
        recipe.sampler(),
        recipe.schedule(),
        recipe.seed(),
        order.count(),
        recipe.background(),
        recipe.edit().flatMap(edit -> edit.start()).isPresent(),
        order.travel().isPresent(),
        order.traced(),
        order.kept(),
        job.image(),
        job.step(),
        job.steps(),
        seconds(job.timeLeft()),
        job.pictures(),
        job.frames(),
        job.failure(),
        more);
  }

  static Optional<Double> seconds(Optional<Duration> time) {
    return time.map(each -> each.toMillis() / 1000.0);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
