package io.songe.model.vae;

import io.songe.nn.Parameters;
import io.songe.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The innermost block: residual, attention over all places, residual. */
final class MiddleBlock {
  private final ResnetBlock before;
  private final UnaryOperator<Tensor> attention;
  private final ResnetBlock after;

  MiddleBlock(AutoencoderKlConfig config, Parameters p) {
    int channels = config.innermostChannels();
    int groups = config.normGroups();
    before = new ResnetBlock(channels, channels, groups, p.in("resnets.0"));
    attention =
        config.middleAttention()
            ? new AttentionBlock(channels, groups, p.in("attentions.0"))::forward
            : UnaryOperator.identity();
    after = new ResnetBlock(channels, channels, groups, p.in("resnets.1"));
  }

  /** [batch, channels, height, width] -> the same shape. */
  Tensor forward(Tensor x) {
    return after.forward(attention.apply(before.forward(x)));
  }
}
