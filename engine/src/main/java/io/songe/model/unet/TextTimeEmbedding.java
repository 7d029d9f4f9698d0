package io.songe.model.unet;

import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.MultiHeadAttention;
import io.songe.nn.Parameters;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * A text pooled by attention, as wide as the time embedding: the mean of the tokens asks all tokens
 * and itself, and the answer stands for the text. The pooling is that of Radford et al. 2021,
 * section 2.4, over tokens instead of pixels.
 */
final class TextTimeEmbedding {
  private static final double EPSILON = 1e-5;

  private final int heads;
  private final LayerNorm norm1;
  private final Tensor position;
  private final Linear query;
  private final Linear keysValues;
  private final Linear projection;
  private final LayerNorm norm2;

  TextTimeEmbedding(int width, int timeWidth, int heads, Parameters p) {
    this.heads = heads;
    norm1 = new LayerNorm(width, EPSILON, p.in("norm1"));
    position = p.in("pool").get("positional_embedding", Shape.of(1, width));
    query = new Linear(width, width, p.in("pool.q_proj"));
    keysValues = Linear.joined(width, width, List.of("k_proj", "v_proj"), true, p.in("pool"));
    projection = new Linear(width, timeWidth, p.in("proj"));
    norm2 = new LayerNorm(timeWidth, EPSILON, p.in("norm2"));
  }

  /** [batch, tokens, width] -> [batch, time width]. */
  Tensor forward(Tensor context) {
    return norm2.forward(projection.forward(pool(norm1.forward(context))));
  }

  /** [batch, tokens, width] -> [batch, width]. */
  private Tensor pool(Tensor tokens) {
    Tensor mean = tokens.mean(1).plus(position);
    List<Tensor> kv = keysValues.forward(Tensor.concat(List.of(mean, tokens), 1)).chunk(2, -1);
    return MultiHeadAttention.attend(query.forward(mean), kv.get(0), kv.get(1), heads, false)
        .squeeze(1);
  }
}
