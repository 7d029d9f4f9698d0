package io.songe.train.textimage;

import io.songe.checkpoint.ModelParts;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A U-Net that was taught on small latents, inside a new outermost level for latents twice as high
 * and wide: as GANs are grown (Karras et al. 2018, "Progressive growing", figure 1), so that what
 * it knows about the whole of a picture stays where it is.
 *
 * <pre>
 * latent -- conv_in -- level 0 -- half --.                .-- double -- level 0 -- conv_out
 *           (means)    (new)             '-- the old one --'            (new)
 * </pre>
 *
 * <p>At first the new level is transparent: on the way down, means of four neighbours go through it
 * to the kernel that the old U-Net read its latents with; on the way up, what the old U-Net gives
 * goes through to its own last layers. All else that is new begins at random, or as zeros where it
 * is added to what goes through. What is not the same as before is the noise, of which means have
 * half; the U-Net has to learn that, and what is fine.
 */
public final class GrownUNet {
  private static final String DOWN = "down_blocks.";
  private static final String READING = "conv_in";
  private static final String HALVING = "down_blocks.0.downsamplers.0.conv";

  private final ModelParts.Network<UNetConfig> old;
  private final UNetConfig config;
  private final int oldLevels;
  private final Level finest;

  private GrownUNet(ModelParts.Network<UNetConfig> old) {
    this.old = old;
    oldLevels = old.config().levels().size();
    Level outermost = old.config().levels().getFirst();
    finest = new Level(outermost.channels(), outermost.layers(), new Attention.None());
    config = grown(old.config());
  }

  /**
   * A model whose U-Net is grown; all else is as it was.
   *
   * @param model alive as long as what this returns
   * @param seed any number: another beginning of what is new for each
   * @return parts to begin a training with
   * @throws InvalidRequestException if the U-Net's latents have more channels than its finest level
   */
  public static ModelParts in(ModelParts model, long seed) {
    return model.withUnet(of(model.unet(), seed));
  }

  /**
   * A U-Net that is grown.
   *
   * @param old it was; its tensors are alive until this returns
   * @param seed any number: another beginning of what is new for each
   * @return a U-Net of one level more, with tensors of their own
   * @throws InvalidRequestException if the U-Net's latents have more channels than its finest level
   */
  public static ModelParts.Network<UNetConfig> of(ModelParts.Network<UNetConfig> old, long seed) {
    UNetConfig config = old.config();
    if (config.inputChannels() > config.levels().getFirst().channels()) {
      throw new InvalidRequestException(
          "a U-Net whose finest level has %d channels cannot be grown for latents of %d"
              .formatted(config.levels().getFirst().channels(), config.inputChannels()));
    }
    return new GrownUNet(old).network(seed);
  }

  /** The new level is as wide as the finest, from which the width of the time follows. */
  private UNetConfig grown(UNetConfig small) {
    List<Level> levels = new ArrayList<>(small.levels());
    levels.addFirst(finest);
    return small.withLevels(levels);
  }

  private ModelParts.Network<UNetConfig> network(long seed) {
    try (Weights weights =
            Weights.initial(p -> new UNet(config, p), new Initialization(seed, silent()));
        Scope _ = Scope.open()) {
      Map<String, Variable> all = weights.variables();
      old.tensors()
          .forEach((name, tensor) -> {
            if (!name.startsWith(READING)) {
              found(all, moved(name)).set(tensor.toTensor());
            }
          });
      Tensor kernel = found(old.tensors(), READING + ".weight").toTensor();
      Tensor bias = found(old.tensors(), READING + ".bias").toTensor();
      Tensor none = Tensor.zeros(finest.channels());
      set(all, READING, means(found(all, READING + ".weight").value()), none);
      set(all, HALVING, padded(kernel, finest.channels()), bias);
      setTransparent(all, "up_blocks.%d.upsamplers.0.conv".formatted(oldLevels - 1));
      for (int i = 0; i <= finest.layers(); i++) {
        setTransparent(all, newUp(i) + "conv_shortcut");
      }
      return new ModelParts.Network<>(config, TextImageExport.stored(all));
    }
  }

  /** Whole names of new layers that add nothing at first. */
  private Set<String> silent() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < finest.layers(); i++) {
      names.add("down_blocks.0.resnets.%d.conv2".formatted(i));
    }
    for (int i = 0; i <= finest.layers(); i++) {
      names.add(newUp(i) + "conv2");
    }
    return names;
  }

  private String newUp(int layer) {
    return "up_blocks.%d.resnets.%d.".formatted(oldLevels, layer);
  }

  /** The way up is counted from the coarsest level, so that names there stay as they are. */
  private static String moved(String name) {
    if (!name.startsWith(DOWN)) {
      return name;
    }
    int dot = name.indexOf('.', DOWN.length());
    int level = Integer.parseInt(name.substring(DOWN.length(), dot));
    return DOWN + (level + 1) + name.substring(dot);
  }

  /** The first outputs become means of a latent's channels over each place and three neighbours. */
  private static Tensor means(Tensor kernel) {
    float[] values = kernel.toFloats();
    int channels = Math.toIntExact(kernel.dim(1));
    for (int out = 0; out < channels; out++) {
      for (int in = 0; in < channels; in++) {
        for (int tap = 0; tap < 9; tap++) {
          boolean neighbour = tap / 3 >= 1 && tap % 3 >= 1;
          values[(out * channels + in) * 9 + tap] = out == in && neighbour ? .25f : 0;
        }
      }
    }
    return Tensor.of(values, kernel.shape().toArray());
  }

  /** A kernel that reads its first inputs as another reads all of its own, and no others. */
  private static Tensor padded(Tensor kernel, long inputs) {
    Tensor rest = Tensor.zeros(kernel.dim(0), inputs - kernel.dim(1), kernel.dim(2), kernel.dim(3));
    return Tensor.concat(List.of(kernel.to(rest.dtype()), rest), 1);
  }

  /** Makes a layer give its first inputs as they are. */
  private void setTransparent(Map<String, Variable> all, String layer) {
    Shape shape = found(all, layer + ".weight").shape();
    int taps = Math.toIntExact(shape.dim(2) * shape.dim(3));
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < shape.dim(0); i++) {
      values[Math.toIntExact((i * shape.dim(1) + i) * taps + taps / 2)] = 1;
    }
    set(all, layer, Tensor.of(values, shape.toArray()), Tensor.zeros(finest.channels()));
  }

  private static void set(Map<String, Variable> all, String layer, Tensor weight, Tensor bias) {
    found(all, layer + ".weight").set(weight);
    found(all, layer + ".bias").set(bias);
  }

  private static <T> T found(Map<String, T> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new EngineException("a U-Net without " + name));
  }
}
