package io.songe.model.clip;

import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.MultiHeadAttention;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * One layer of the Transformer: attention, then a feed-forward layer, each around a residual
 * connection and normalized at its entrance. Radford et al. 2019, section 2.3.
 */
final class ClipTextLayer {
  private final int heads;
  private final Activation activation;
  private final LayerNorm norm1;
  private final Linear queriesKeysValues;
  private final Linear attentionOut;
  private final LayerNorm norm2;
  private final Linear widen;
  private final Linear narrow;

  ClipTextLayer(ClipTextConfig config, Parameters p) {
    int width = config.width();
    heads = config.heads();
    activation = config.activation();
    norm1 = new LayerNorm(width, config.epsilon(), p.in("layer_norm1"));
    queriesKeysValues =
        Linear.joined(width, width, List.of("q_proj", "k_proj", "v_proj"), true, p.in("self_attn"));
    attentionOut = new Linear(width, width, p.in("self_attn.out_proj"));
    norm2 = new LayerNorm(width, config.epsilon(), p.in("layer_norm2"));
    widen = new Linear(width, config.intermediateWidth(), p.in("mlp.fc1"));
    narrow = new Linear(config.intermediateWidth(), width, p.in("mlp.fc2"));
  }

  /** x and the result: [batch, tokens, width]. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      Tensor attended = x.plus(attend(norm1.forward(x)));
      return scope.keep(attended.plus(feedForward(norm2.forward(attended))));
    }
  }

  private Tensor attend(Tensor x) {
    List<Tensor> qkv = queriesKeysValues.forward(x).chunk(3, -1);
    return attentionOut.forward(
        MultiHeadAttention.attend(qkv.get(0), qkv.get(1), qkv.get(2), heads, true));
  }

  private Tensor feedForward(Tensor x) {
    return narrow.forward(activate(widen.forward(x)));
  }

  private Tensor activate(Tensor x) {
    return switch (activation) {
      case QUICK_GELU -> Functional.quickGelu(x);
      case GELU -> Functional.gelu(x);
    };
  }
}
