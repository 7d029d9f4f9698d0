package io.songe.model.clip;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.model.HiddenLayer;
import io.songe.model.TextEncoder;
import io.songe.model.TextFeatures;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The text encoder of CLIP. Radford et al. 2021, section 2.4: a Transformer in which each token
 * sees itself and those before it, so that the mark of the end, which has seen all, stands for the
 * text. Padding behind the mark is not masked, as in Stable Diffusion.
 */
public final class ClipTextEncoder implements TextEncoder {
  private final ClipTextConfig config;
  private final DType dtype;
  private final Tensor tokenEmbedding;
  private final Tensor positionEmbedding;
  private final List<ClipTextLayer> layers;
  private final LayerNorm finalNorm;
  private final @Nullable Linear projection;

  /**
   * The network.
   *
   * @param config its sizes
   * @param p named as published, without {@code text_model.} in front
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  public ClipTextEncoder(ClipTextConfig config, Parameters p) {
    this.config = config;
    dtype = p.dtype();
    int width = config.width();
    tokenEmbedding =
        p.in("embeddings.token_embedding").table("weight", Shape.of(config.vocabulary(), width));
    positionEmbedding =
        p.in("embeddings.position_embedding").get("weight", Shape.of(config.positions(), width));
    layers = new ArrayList<>(); // not of a size that only the config's word vouches for
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new ClipTextLayer(config, p.in("encoder.layers." + i)));
    }
    finalNorm = new LayerNorm(width, config.epsilon(), p.in("final_layer_norm"));
    projection =
        switch (config.projection()) {
          case Projection.None _ -> null;
          case Projection.Shared(int shared) ->
              Linear.withoutBias(width, shared, p.in("text_projection"));
        };
  }

  @Override
  public TextFeatures encode(Tensor ids, HiddenLayer layer) {
    requireLayer(layer);
    requireTokens(ids.dim(1));
    try (Scope scope = Scope.inner()) {
      Tensor x = embed(ids);
      Tensor read = x;
      for (int i = 0; i < layers.size(); i++) {
        x = layers.get(i).forward(x);
        read = i == layers.size() - layer.fromEnd() ? x : read;
      }
      Tensor last = finalNorm.forward(x);
      Tensor tokens = layer.normalized() ? finalNorm.forward(read) : read;
      return new TextFeatures(
          scope.keep(tokens.to(DType.FLOAT32)), scope.keep(pool(last, ids).to(DType.FLOAT32)));
    }
  }

  /** [batch, tokens] -> [batch, tokens, width]. */
  private Tensor embed(Tensor ids) {
    return Functional.embedding(tokenEmbedding, ids)
        .to(dtype)
        .plus(positionEmbedding.slice(0, 0, ids.dim(1)));
  }

  /** [batch, tokens, width] -> [batch, pooled width]. */
  private Tensor pool(Tensor last, Tensor ids) {
    Tensor pooled = last.reshape(-1, config.width()).gatherRows(0, Tensor.of(ends(ids)));
    return projection == null ? pooled : projection.forward(pooled);
  }

  /** Where each text ends, as a row of [batch * tokens, width]. */
  private long[] ends(Tensor ids) {
    int tokens = Math.toIntExact(ids.dim(1));
    long[] all = ids.toLongs();
    return IntStream.range(0, Math.toIntExact(ids.dim(0)))
        .mapToLong(text -> text * (long) tokens + end(all, text * tokens, tokens))
        .toArray();
  }

  private int end(long[] all, int start, int tokens) {
    return switch (config.end()) {
      case EndOfText.FirstOf(int mark) ->
          IntStream.range(0, tokens)
              .filter(i -> all[start + i] == mark)
              .findFirst()
              .orElseThrow(
                  () -> new EngineException("a text without its mark of the end, token " + mark));
      case EndOfText.LargestId() -> {
        int largest = 0;
        for (int i = 1; i < tokens; i++) {
          largest = all[start + i] > all[start + largest] ? i : largest;
        }
        yield largest;
      }
    };
  }

  private void requireLayer(HiddenLayer layer) {
    if (layer.fromEnd() > layers.size()) {
      throw new InvalidRequestException(
          "clip skip "
              + layer.fromEnd()
              + " is more than this text encoder's "
              + layers.size()
              + " layers; use 1 to "
              + layers.size());
    }
  }

  private void requireTokens(long tokens) {
    if (tokens > config.positions()) {
      throw new InvalidRequestException(
          "a text of "
              + tokens
              + " tokens is longer than this text encoder's "
              + config.positions()
              + "; split it into chunks");
    }
  }

  @Override
  public int vocabulary() {
    return config.vocabulary();
  }

  @Override
  public int positions() {
    return config.positions();
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int pooledWidth() {
    return switch (config.projection()) {
      case Projection.None _ -> config.width();
      case Projection.Shared(int shared) -> shared;
    };
  }
}
