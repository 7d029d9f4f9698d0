package io.songe.pipeline;

import io.songe.checkpoint.TextTower;
import io.songe.model.Emphasis;
import io.songe.model.TextFeatures;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.WeightedChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes phrases with one of a model's readers. Each phrase is given to the network alone, so that
 * what it says of one never depends on what else is drawn.
 *
 * @param tower the reader
 * @param reading how phrases are read
 */
record PhraseEncoder(TextTower tower, PromptReading reading) {
  /** {@return a phrase's features; they do not depend on the scope in which this is called} */
  EncodedPhrase encode(String phrase) {
    try (Scope _ = Scope.open()) {
      List<WeightedChunk> chunks = tower.tokenizer().chunks(phrase, reading.syntax());
      TextFeatures read =
          tower.encoder().encode(ids(chunks), tower.layer().skipping(reading.clipSkip()));
      Tensor features = weighted(chunks, read.tokens());
      return new EncodedPhrase(
          tokens(chunks),
          chunks.size(),
          features.reshape(1, -1, features.dim(2)),
          read.pooled().slice(0, 0, 1));
    }
  }

  /** [chunks, tokens]. */
  private static Tensor ids(List<WeightedChunk> chunks) {
    long[] ids =
        chunks.stream()
            .flatMapToInt(chunk -> Arrays.stream(chunk.ids().toArray()))
            .asLongStream()
            .toArray();
    return Tensor.of(ids, chunks.size(), chunks.getFirst().ids().size());
  }

  /** [chunks, tokens, width], as given. */
  private Tensor weighted(List<WeightedChunk> chunks, Tensor features) {
    List<Tensor> weighted = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      weighted.add(weighted(chunks.get(i), features.slice(0, i, i + 1)));
    }
    return Tensor.concat(weighted, 0);
  }

  private Tensor weighted(WeightedChunk chunk, Tensor features) {
    if (chunk.isEven()) {
      return features;
    }
    Tensor weights = Tensor.of(chunk.weights(), 1, chunk.ids().size(), 1);
    return switch (reading.syntax()) {
      case LITERAL -> features;
      case A1111 -> Emphasis.RESTORING_MEAN.apply(features, weights);
      case PLAIN -> Emphasis.PLAIN.apply(features, weights);
    };
  }

  /** All but the chunks' own begins, ends and padding. */
  private int tokens(List<WeightedChunk> chunks) {
    return chunks.stream().mapToInt(WeightedChunk::ownTokens).sum();
  }
}
