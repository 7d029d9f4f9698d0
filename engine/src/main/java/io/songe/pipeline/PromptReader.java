package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.TextTower;
import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SamplingPlan;
import io.songe.model.TextFeatures;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.TokenIds;
import io.songe.text.TokenizedPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a request's prompt with the model's text encoders, once for all its pictures. What it gives
 * lives in the scope in which it was made.
 */
final class PromptReader {
  private final Checkpoint model;
  private final GenerationRequest request;
  private final int chunks;
  private final Conditioning wanted;
  private final Conditioning unwanted;

  PromptReader(Checkpoint model, GenerationRequest request) {
    this.model = model;
    this.request = request;
    List<BothTexts> read = model.textTowers().stream().map(this::read).toList();
    this.chunks = read.getFirst().chunks();
    FamilyConditioning family =
        new FamilyConditioning(model.family(), request.width(), request.height());
    this.wanted = family.wanted(read.stream().map(BothTexts::positive).toList());
    this.unwanted =
        family.unwanted(
            read.stream().map(BothTexts::negative).toList(), request.prompt().negative());
  }

  /** What one text encoder says of a prompt's two texts, each alone as a batch of 1. */
  private record BothTexts(int chunks, TextFeatures positive, TextFeatures negative) {}

  /** {@return the number of the prompt's own tokens} */
  int tokens() {
    return model.textTowers().getFirst().tokenizer().encode(request.prompt().positive()).size();
  }

  /** {@return the number of chunks in which the prompt is read} */
  int chunks() {
    return chunks;
  }

  /** {@return the denoiser that draws towards the prompt} */
  Denoiser denoiser(SamplingPlan plan) {
    return denoiser(plan, model.unet());
  }

  /**
   * The denoiser that draws towards the prompt by a network around the model's.
   *
   * @param network such as one that shows the model's U-Net further channels
   */
  Denoiser denoiser(SamplingPlan plan, NoisePredictor network) {
    return plan.denoiser(network, request.guidance(), wanted, unwanted);
  }

  private BothTexts read(TextTower tower) {
    TokenizedPrompt prompt = tower.tokenizer().chunks(request.prompt());
    try (Scope scope = Scope.open()) {
      List<TokenIds> all =
          Stream.concat(prompt.positive().stream(), prompt.negative().stream()).toList();
      long[] ids =
          all.stream()
              .flatMapToInt(chunk -> Arrays.stream(chunk.toArray()))
              .asLongStream()
              .toArray();
      TextFeatures features =
          tower.encoder().encode(Tensor.of(ids, all.size(), all.getFirst().size()), tower.layer());
      return new BothTexts(prompt.chunks(), text(features, 0, scope), text(features, 1, scope));
    }
  }

  /**
   * One of the two texts: its chunks' tokens side by side, [1, chunks * tokens, width]; as a whole
   * it is what its first chunk is.
   */
  private static TextFeatures text(TextFeatures both, int index, Scope scope) {
    Tensor tokens = both.tokens().reshape(2, -1, both.tokens().dim(2));
    Tensor pooled = both.pooled().reshape(2, -1, both.pooled().dim(1));
    return new TextFeatures(
        scope.keep(tokens.slice(0, index, index + 1)),
        scope.keep(pooled.select(0, index).slice(0, 0, 1)));
  }
}
