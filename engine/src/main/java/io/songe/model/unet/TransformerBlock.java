package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Attention;
import io.songe.nn.LayerNorm;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Attention to the picture, attention to the text, and a feed-forward layer, each normalized at its
 * entrance and around a residual connection. Rombach et al. 2022, appendix E.2.1.
 */
final class TransformerBlock {
  private static final double EPSILON = 1e-5;

  private final LayerNorm norm1;
  private final AttentionLayer attention1;
  private final LayerNorm norm2;
  private final AttentionLayer attention2;
  private final LayerNorm norm3;
  private final FeedForward feedForward;

  TransformerBlock(int width, int contextWidth, Attention.Transformer sizes, Parameters p) {
    norm1 = new LayerNorm(width, EPSILON, p.in("norm1"));
    attention1 =
        switch (sizes.first()) {
          case PICTURE -> new AttentionLayer.ToItself(width, sizes.heads(), p.in("attn1"));
          case TEXT -> new AttentionLayer.ToText(width, contextWidth, sizes.heads(), p.in("attn1"));
        };
    norm2 = new LayerNorm(width, EPSILON, p.in("norm2"));
    attention2 = new AttentionLayer.ToText(width, contextWidth, sizes.heads(), p.in("attn2"));
    norm3 = new LayerNorm(width, EPSILON, p.in("norm3"));
    feedForward = new FeedForward(width, p.in("ff"));
  }

  /**
   * The tokens after both attentions and the feed-forward layer.
   *
   * @param x [batch, height * width, width]
   * @param context [batch, tokens, context width]
   * @return as x
   */
  Tensor forward(Tensor x, Tensor context) {
    try (Scope scope = Scope.inner()) {
      Tensor seen = attention1.forward(norm1.forward(x), context, x);
      Tensor told = attention2.forward(norm2.forward(seen), context, seen);
      return scope.keep(feedForward.forward(norm3.forward(told), told));
    }
  }
}
