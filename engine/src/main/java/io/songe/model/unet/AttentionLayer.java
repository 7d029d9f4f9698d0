package io.songe.model.unet;

import io.songe.nn.Linear;
import io.songe.nn.MultiHeadAttention;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;

/** Attention of a picture's tokens. Vaswani et al. 2017, sections 3.2.2 and 3.2.3. */
sealed interface AttentionLayer {
  /**
   * What the tokens attend to, beside a residual connection.
   *
   * @param x [batch, pixels, width]
   * @param context [batch, tokens, context width]
   * @param around what is added, as x
   * @return as x
   */
  Tensor forward(Tensor x, Tensor context, Tensor around);

  /** Self-attention: queries, keys and values by one product. */
  final class ToItself implements AttentionLayer {
    private final int heads;
    private final Linear queriesKeysValues;
    private final Linear out;

    ToItself(int width, int heads, Parameters p) {
      this.heads = heads;
      queriesKeysValues = Linear.joined(width, width, List.of("to_q", "to_k", "to_v"), false, p);
      out = new Linear(width, width, p.in("to_out.0"));
    }

    @Override
    public Tensor forward(Tensor x, Tensor context, Tensor around) {
      try (Scope scope = Scope.inner()) {
        List<Tensor> qkv = queriesKeysValues.forward(x).chunk(3, -1);
        return scope.keep(
            out.forwardPlus(
                MultiHeadAttention.attend(qkv.get(0), qkv.get(1), qkv.get(2), heads, false),
                around));
      }
    }
  }

  /** Cross-attention: keys and values by one product. */
  final class ToText implements AttentionLayer {
    private final int heads;
    private final Linear queries;
    private final Linear keysValues;
    private final Linear out;

    ToText(int width, int contextWidth, int heads, Parameters p) {
      this.heads = heads;
      queries = Linear.withoutBias(width, width, p.in("to_q"));
      keysValues = Linear.joined(contextWidth, width, List.of("to_k", "to_v"), false, p);
      out = new Linear(width, width, p.in("to_out.0"));
    }

    @Override
    public Tensor forward(Tensor x, Tensor context, Tensor around) {
      try (Scope scope = Scope.inner()) {
        List<Tensor> kv = keysValues.forward(context).chunk(2, -1);
        return scope.keep(
            out.forwardPlus(
                MultiHeadAttention.attend(queries.forward(x), kv.get(0), kv.get(1), heads, false),
                around));
      }
    }
  }
}
