package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Interpolation;
import io.songe.text.Prompt;
import io.songe.text.syntax.SamplingPass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way from one prompt to another, step by step of the sampler: what is between their features.
 */
final class PromptPath {
  private final PromptReader start;
  private final PromptReader end;
  private final Interpolation way;

  private record Ends(Goal start, Goal end) {}

  /** Reads both prompts, with the same number of chunks. */
  PromptPath(
      Checkpoint model,
      GenerationRequest request,
      Prompt target,
      SamplingPass pass,
      Interpolation way,
      PhraseCache phrases) {
    this.start = new PromptReader(model, request, pass, phrases);
    this.end = new PromptReader(model, request.withPrompt(target), pass, phrases);
    this.way = way;
    start.lengthen(end.chunks());
    end.lengthen(start.chunks());
  }

  /** {@return the reader of the prompt from which it goes} */
  PromptReader start() {
    return start;
  }

  /**
   * {@return a place on the way}
   *
   * @param t how far: 0 is the start, 1 the end, both exactly
   */
  Towards at(double t) {
    return (plan, network) -> start.denoiser(plan, network, goals(t));
  }

  private List<Goal> goals(double t) {
    Map<Ends, Goal> distinct = new HashMap<>();
    List<Goal> goals = new ArrayList<>();
    for (int step = 0; step < start.eachGoal().size(); step++) {
      goals.add(
          distinct.computeIfAbsent(
              new Ends(start.eachGoal().get(step), end.eachGoal().get(step)),
              ends -> ends.start().between(ends.end(), t, way)));
    }
    return goals;
  }
}
