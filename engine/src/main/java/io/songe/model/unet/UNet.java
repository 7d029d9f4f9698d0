package io.songe.model.unet;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.NoisePredictor;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.InPlace;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The conditional U-Net. Ronneberger et al. 2015, figure 1, with residual blocks as in Ho et al.
 * 2020, appendix B, and with spatial transformers as in Rombach et al. 2022, figure 3. Height and
 * width may be odd at any level: the way up enlarges to the size of what it joins.
 *
 * <p>Computes in the type of its parameters, FLOAT32 or BFLOAT16, except for the sines of the time,
 * softmax, and convolutions from or to few channels, which are always FLOAT32: so the published
 * option {@code upcast_attention} is always fulfilled.
 */
public final class UNet implements NoisePredictor {
  private final DType dtype;
  private final StepEmbedding embedding;
  private final Conv2d convIn;
  private final List<DownLevel> down;
  private final List<Layer> middle;
  private final List<UpLevel> up;
  private final GroupNorm normOut;
  private final Conv2d convOut;

  /**
   * The network.
   *
   * @param config its sizes and variants
   * @param p named as published
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  public UNet(UNetConfig config, Parameters p) {
    List<Level> levels = config.levels();
    int first = levels.getFirst().channels();
    dtype = p.dtype();
    embedding = new StepEmbedding(config, p);
    convIn = new Conv2d(config.inputChannels(), first, 3, p.in("conv_in"));

    Deque<Integer> skips = new ArrayDeque<>(List.of(first));
    down = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      boolean halves = i < levels.size() - 1;
      down.add(new DownLevel(config, levels.get(i), halves, skips, p.in("down_blocks." + i)));
    }
    middle = middle(config, p.in("mid_block"));
    up = new ArrayList<>();
    int channels = levels.getLast().channels();
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(levels.size() - 1 - i);
      boolean doubles = i < levels.size() - 1;
      up.add(new UpLevel(config, level, channels, doubles, skips, p.in("up_blocks." + i)));
      channels = level.channels();
    }
    normOut = new GroupNorm(config.groups(), first, config.epsilon(), p.in("conv_norm_out"));
    convOut = new Conv2d(first, config.outputChannels(), 3, p.in("conv_out"));
  }

  private static List<Layer> middle(UNetConfig config, Parameters p) {
    int channels = config.levels().getLast().channels();
    Attention none = new Attention.None();
    return switch (config.middle()) {
      case Middle.None _ -> List.of();
      case Middle.Residual _ -> List.of(new Layer(config, channels, channels, none, 0, p));
      case Middle.Attending(int heads, int depth) ->
          List.of(
              new Layer(config, channels, channels, Attention.of(heads, depth), 0, p),
              new Layer(config, channels, channels, none, 1, p));
    };
  }

  @Override
  public Tensor predict(Tensor x, Tensor timesteps, Conditioning given) {
    try (Scope scope = Scope.inner()) {
      Tensor time = embedding.forward(timesteps, given);
      Tensor context = given.context().to(dtype);
      Deque<Tensor> skips = new ArrayDeque<>();

      Tensor h = convIn.forward(x.channelsLast()).to(dtype);
      skips.push(h);
      for (DownLevel level : down) {
        h = level.forward(h, time, context, skips);
      }
      for (Layer layer : middle) {
        h = layer.forward(h, time, context);
      }
      for (UpLevel level : up) {
        h = level.forward(h, time, context, skips);
      }
      h = InPlace.silu(normOut.forward(h));
      return scope.keep(convOut.forward(h.to(DType.FLOAT32)));
    }
  }
}
