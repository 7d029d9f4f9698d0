package io.songe.server.a1111;

import io.songe.drawing.Wish;
import io.songe.jobs.Job;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.Variation;
import java.util.Optional;

/** What is left of a request after one of its pictures was skipped. */
final class Skipping {
  private Skipping() {}

  /**
   * {@return the pictures after the one that was being drawn, with the seeds that they would have
   * had; empty if it was the last}
   *
   * @param wish for all
   * @param over the job that was given up
   */
  static Optional<Wish> rest(Wish wish, Job over) {
    int passed = over.pictures().size() + 1;
    if (passed >= wish.count()) {
      return Optional.empty();
    }
    Optional<Variation> variation =
        over.order().recipe().edit().flatMap(EditRecipe::variation).filter(each -> !each.isNone());
    long seed = over.order().recipe().seed() + (variation.isPresent() ? 0 : passed);
    Edit edit =
        variation
            .map(each -> new Variation(each.seed() + passed, each.strength()))
            .map(wish.edit()::withVariation)
            .orElse(wish.edit());
    return Optional.of(
        new Wish(
            wish.owner(),
            wish.door(),
            wish.model(),
            wish.prompt(),
            wish.style(),
            wish.width(),
            wish.height(),
            wish.steps(),
            wish.guidance(),
            wish.guidanceRescale(),
            wish.sampler(),
            wish.schedule(),
            Optional.of(seed),
            wish.count() - passed,
            wish.syntax(),
            wish.clipSkip(),
            wish.background(),
            edit,
            wish.travel(),
            wish.traced(),
            wish.kept()));
  }
}
