package io.songe.model.vae;

import io.songe.nn.GroupNorm;
import io.songe.nn.Linear;
import io.songe.nn.MultiHeadAttention;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * Attention of every place to every place, with one head, beside a skip connection. Vaswani et al.
 * 2017, equation 1; Ho et al. 2020, appendix B.
 */
final class AttentionBlock {
  private final GroupNorm norm;
  private final Linear toQueriesKeysValues;
  private final Linear toOut;

  AttentionBlock(int channels, int groups, Parameters p) {
    norm = new GroupNorm(groups, channels, ResnetBlock.EPSILON, p.in("group_norm"));
    toQueriesKeysValues =
        Linear.joined(channels, channels, List.of("to_q", "to_k", "to_v"), true, p);
    toOut = new Linear(channels, channels, p.in("to_out.0"));
  }

  /** [batch, channels, height, width] -> the same shape. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      List<Tensor> qkv = toQueriesKeysValues.forward(asTokens(norm.forward(x))).chunk(3, -1);
      Tensor attended = MultiHeadAttention.attend(qkv.get(0), qkv.get(1), qkv.get(2), 1, false);
      return scope.keep(asPicture(toOut.forwardPlus(attended, asTokens(x)), x));
    }
  }

  /** [batch, channels, height, width] -> [batch, height * width, channels]. */
  private static Tensor asTokens(Tensor x) {
    return x.permute(0, 2, 3, 1).reshape(x.dim(0), x.dim(2) * x.dim(3), x.dim(1));
  }

  /** [batch, height * width, channels] -> the shape of {@code like}. */
  private static Tensor asPicture(Tensor tokens, Tensor like) {
    return tokens.reshape(like.dim(0), like.dim(2), like.dim(3), like.dim(1)).permute(0, 3, 1, 2);
  }
}
