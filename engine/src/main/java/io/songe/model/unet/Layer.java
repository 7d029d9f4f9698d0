package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Attention;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A residual block and, where the level looks at the text, a spatial transformer. */
final class Layer {
  private final ResnetBlock resnet;
  private final @Nullable SpatialTransformer transformer;

  /**
   * Builds the layer.
   *
   * @param index of the layer in its level
   * @param p at the level
   */
  Layer(UNetConfig config, int in, int out, Attention attention, int index, Parameters p) {
    resnet = new ResnetBlock(config, in, out, p.in("resnets." + index));
    transformer =
        switch (attention) {
          case Attention.None _ -> null;
          case Attention.Transformer sizes ->
              new SpatialTransformer(config, out, sizes, p.in("attentions." + index));
        };
  }

  /**
   * One layer on.
   *
   * @param x [batch, in, height, width]
   * @param time [batch, time width], activated
   * @param context [batch, tokens, context width]
   * @return [batch, out, height, width]
   */
  Tensor forward(Tensor x, Tensor time, Tensor context) {
    try (Scope scope = Scope.inner()) {
      Tensor h = resnet.forward(x, time);
      return scope.keep(transformer == null ? h : transformer.forward(h, context));
    }
  }
}
