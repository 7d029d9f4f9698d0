package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.TextTower;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.diffusion.ChangingDenoiser;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.Wanted;
import io.songe.error.InvalidRequestException;
import io.songe.model.TextFeatures;
import io.songe.tensor.Tensor;
import io.songe.text.syntax.Composition.Branch;
import io.songe.text.syntax.ExtraNetwork;
import io.songe.text.syntax.SamplingPass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a request's prompt with the model's text encoders, each of its phrases once for all steps
 * and pictures. What it gives lives in the scope in which it was made.
 */
final class PromptReader implements Towards {
  private final Checkpoint model;
  private final GenerationRequest request;
  private final PhraseCache cache;
  private final FamilyConditioning family;
  private final PromptScript script;
  private final Map<String, List<EncodedPhrase>> phrases = new HashMap<>();
  private final int tokens;
  private int chunks;
  private List<Goal> goals;

  /**
   * Reads a prompt.
   *
   * @throws InvalidRequestException if it names extra networks that the model does not have
   */
  PromptReader(Checkpoint model, GenerationRequest request, SamplingPass pass, PhraseCache cache) {
    this.model = model;
    this.request = request;
    this.cache = cache;
    this.family = new FamilyConditioning(model.family(), request.width(), request.height());
    this.script = PromptScript.of(request.prompt(), request.reading().syntax(), pass);
    requireApplied(script.wanted().networks());
    List<PromptScript.Phrases> all =
        IntStream.range(0, pass.steps()).mapToObj(script::at).distinct().toList();
    this.tokens =
        all.stream()
            .flatMap(each -> each.wanted().stream())
            .mapToInt(phrase -> encoded(phrase).getFirst().tokens())
            .max()
            .orElseThrow();
    all.forEach(each -> encoded(each.unwanted()));
    this.chunks =
        phrases.values().stream()
            .flatMap(List::stream)
            .mapToInt(EncodedPhrase::chunks)
            .max()
            .orElseThrow();
    this.goals = goals();
  }

  private void requireApplied(List<ExtraNetwork> networks) {
    for (ExtraNetwork network : networks) {
      if (model.adapters().stream().noneMatch(applied -> isMeant(network, applied))) {
        throw new InvalidRequestException(
            "the prompt asks for %s, which was not applied to the model; apply it, or leave it out"
                .formatted(network));
      }
    }
  }

  private static boolean isMeant(ExtraNetwork network, AppliedAdapter applied) {
    return network.type().equals(applied.kind())
        && network.name().equals(applied.name())
        && network.textWeight() == applied.textStrength()
        && network.imageWeight() == applied.imageStrength();
  }

  /** {@return the number of tokens of the longest phrase that is wanted} */
  int tokens() {
    return tokens;
  }

  /** {@return the number of chunks in which each phrase is read} */
  int chunks() {
    return chunks;
  }

  /** Makes all phrases as long as another prompt's, by chunks of the empty text. */
  void lengthen(int atLeast) {
    chunks = Math.max(chunks, atLeast);
    goals = goals();
  }

  @Override
  public Denoiser denoiser(SamplingPlan plan, NoisePredictor network) {
    return denoiser(plan, network, goals);
  }

  /**
   * A denoiser whose goal may change.
   *
   * @param goals of each step, of which there may be more than the plan has; the same object where
   *     it is the same
   */
  Denoiser denoiser(SamplingPlan plan, NoisePredictor network, List<Goal> goals) {
    Map<Goal, Denoiser> denoisers = new HashMap<>();
    List<Denoiser> steps = new ArrayList<>();
    for (int step = 0; step < plan.sigmas().steps(); step++) {
      steps.add(
          denoisers.computeIfAbsent(
              goals.get(step),
              goal -> plan.denoiser(network, request.guidance(), goal.wanted(), goal.unwanted())));
    }
    return denoisers.size() == 1 ? steps.getFirst() : new ChangingDenoiser(plan.sigmas(), steps);
  }

  /** {@return what is drawn towards in each step; the same object for the same phrases} */
  List<Goal> eachGoal() {
    return goals;
  }

  /** All at once, as they are to live as long as this. */
  private List<Goal> goals() {
    Map<PromptScript.Phrases, Goal> distinct = new HashMap<>();
    return IntStream.range(0, script.pass().steps())
        .mapToObj(step -> distinct.computeIfAbsent(script.at(step), this::goal))
        .toList();
  }

  private Goal goal(PromptScript.Phrases each) {
    List<Branch> branches = script.wanted().branches();
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      wanted.add(
          new Wanted(family.wanted(features(each.wanted().get(i))), branches.get(i).weight()));
    }
    return new Goal(
        wanted, family.unwanted(features(each.unwanted()), request.prompt().negative()));
  }

  /** By each tower, lengthened to the common number of chunks: [1, chunks * tokens, width]. */
  private List<TextFeatures> features(String phrase) {
    List<EncodedPhrase> own = encoded(phrase);
    return IntStream.range(0, own.size())
        .mapToObj(
            tower -> new TextFeatures(lengthened(own.get(tower), tower), own.get(tower).pooled()))
        .toList();
  }

  private Tensor lengthened(EncodedPhrase own, int tower) {
    int missing = chunks - own.chunks();
    if (missing == 0) {
      return own.features();
    }
    Tensor empty = encoded("").get(tower).features();
    return Tensor.concat(
        Stream.concat(Stream.of(own.features()), Collections.nCopies(missing, empty).stream())
            .toList(),
        1);
  }

  /** By all towers, in their order. */
  private List<EncodedPhrase> encoded(String phrase) {
    return phrases.computeIfAbsent(
        phrase,
        text -> {
          List<TextTower> towers = model.textTowers();
          return IntStream.range(0, towers.size())
              .mapToObj(tower ->
                  cache.get(
                      new PhraseCache.Key(tower, text, request.reading()),
                      () -> new PhraseEncoder(towers.get(tower), request.reading()).encode(text)))
              .toList();
        });
  }
}
