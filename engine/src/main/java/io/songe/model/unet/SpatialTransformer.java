package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Attention;
import io.songe.nn.GroupNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer over a picture's pixels as tokens, around a residual connection. Rombach et al.
 * 2022, section 3.3 and appendix E.2.1.
 */
final class SpatialTransformer {
  // 1e-6 here but 1e-5 in the residual blocks: the released weights were trained so
  private static final double EPSILON = 1e-6;

  private final GroupNorm norm;
  private final Linear entrance;
  private final List<TransformerBlock> blocks;
  private final Linear exit;

  SpatialTransformer(UNetConfig config, int channels, Attention.Transformer sizes, Parameters p) {
    norm = new GroupNorm(config.groups(), channels, EPSILON, p.in("norm"));
    entrance = projection(config, channels, p.in("proj_in"));
    blocks = new ArrayList<>(); // not of a size that only the config's word vouches for
    for (int i = 0; i < sizes.depth(); i++) {
      Parameters block = p.in("transformer_blocks." + i);
      blocks.add(new TransformerBlock(channels, config.contextWidth(), sizes, block));
    }
    exit = projection(config, channels, p.in("proj_out"));
  }

  private static Linear projection(UNetConfig config, int channels, Parameters p) {
    return config.linearProjection()
        ? new Linear(channels, channels, p)
        : Linear.pointwise(channels, channels, p);
  }

  /**
   * The picture, changed by what it and the text say.
   *
   * @param x [batch, channels, height, width]
   * @param context [batch, tokens, context width]
   * @return as x
   */
  Tensor forward(Tensor x, Tensor context) {
    try (Scope scope = Scope.inner()) {
      Tensor tokens = entrance.forward(tokens(norm.forward(x)));
      for (TransformerBlock block : blocks) {
        tokens = block.forward(tokens, context);
      }
      return scope.keep(picture(exit.forwardPlus(tokens, tokens(x)), x.dim(2), x.dim(3)));
    }
  }

  /** [batch, channels, height, width] -> [batch, height * width, channels]. */
  private static Tensor tokens(Tensor x) {
    return x.permute(0, 2, 3, 1).reshape(x.dim(0), x.dim(2) * x.dim(3), x.dim(1));
  }

  /** [batch, height * width, channels] -> [batch, channels, height, width]. */
  private static Tensor picture(Tensor x, long height, long width) {
    return x.reshape(x.dim(0), height, width, x.dim(2)).permute(0, 3, 1, 2);
  }
}
