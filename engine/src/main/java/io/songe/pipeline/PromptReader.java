package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.TextTower;
import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.SamplingPlan;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.TokenIds;
import io.songe.text.TokenizedPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a request's prompt with the model's text encoder, once for all its pictures. What it gives
 * lives in the scope in which it was made.
 */
final class PromptReader {
  private final Checkpoint model;
  private final GenerationRequest request;
  private final TextTower tower;
  private final TokenizedPrompt chunks;
  private final Conditioning wanted;
  private final Conditioning unwanted;

  PromptReader(Checkpoint model, GenerationRequest request) {
    this.model = model;
    this.request = request;
    this.tower = model.textTowers().getFirst();
    this.chunks = tower.tokenizer().chunks(request.prompt());
    Tensor features = read(chunks);
    this.wanted = Conditioning.of(features.slice(0, 0, 1));
    this.unwanted = Conditioning.of(features.slice(0, 1, 2));
  }

  /** {@return the number of the prompt's own tokens} */
  int tokens() {
    return tower.tokenizer().encode(request.prompt().positive()).size();
  }

  /** {@return the number of chunks in which the prompt is read} */
  int chunks() {
    return chunks.chunks();
  }

  /** {@return the denoiser that draws towards the prompt} */
  Denoiser denoiser(SamplingPlan plan) {
    return plan.denoiser(model.unet(), request.guidance(), wanted, unwanted);
  }

  /** Each text's chunks side by side: [2, chunks * tokens, width], the positive text first. */
  private Tensor read(TokenizedPrompt tokens) {
    try (Scope scope = Scope.open()) {
      List<TokenIds> all =
          Stream.concat(tokens.positive().stream(), tokens.negative().stream()).toList();
      long[] ids =
          all.stream()
              .flatMapToInt(chunk -> Arrays.stream(chunk.toArray()))
              .asLongStream()
              .toArray();
      Tensor features =
          tower
              .encoder()
              .encode(Tensor.of(ids, all.size(), all.getFirst().size()), tower.layer())
              .tokens();
      return scope.keep(features.reshape(2, -1, features.dim(2)));
    }
  }
}
