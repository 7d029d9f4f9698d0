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
import io.songe.tensor.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A U-Net that attends to the text at more levels than it was taught with: each of their blocks is
 * followed by a transformer (Rombach et al. 2022, section 3.3) whose last layer is zero, so that it
 * adds nothing until it has learned something. The finer the level, the smaller are the places that
 * each hear words of their own.
 */
public final class AttendingUNet {
  private AttendingUNet() {}

  /**
   * A model whose U-Net attends at more levels; all else is as it was.
   *
   * @param model alive as long as what this returns
   * @param attends whether each level attends, from the finest
   * @param seed any number: another beginning of what is new for each
   * @return parts to begin a training with
   * @throws InvalidRequestException if these are not as many marks as levels, or a level that
   *     attends would cease to
   */
  public static ModelParts in(ModelParts model, List<Boolean> attends, long seed) {
    return model.withUnet(of(model.unet(), attends, seed));
  }

  /**
   * A U-Net that attends at more levels.
   *
   * @param old it was; its tensors are alive until this returns
   * @param attends whether each level attends, from the finest
   * @param seed any number: another beginning of what is new for each
   * @return a U-Net that answers as the old one, with tensors of its own
   * @throws InvalidRequestException as {@link #in}
   */
  public static ModelParts.Network<UNetConfig> of(
      ModelParts.Network<UNetConfig> old, List<Boolean> attends, long seed) {
    UNetConfig config = attending(old.config(), attends);
    var initialization = new Initialization(seed, silent(config));
    try (Weights weights = Weights.initial(p -> new UNet(config, p), initialization);
        Scope _ = Scope.open()) {
      Map<String, Variable> all = weights.variables();
      old.tensors()
          .forEach((name, tensor) ->
              Optional.ofNullable(all.get(name))
                  .orElseThrow(() -> new EngineException("a U-Net without " + name))
                  .set(tensor.toTensor()));
      return new ModelParts.Network<>(config, TextImageExport.stored(all));
    }
  }

  private static UNetConfig attending(UNetConfig old, List<Boolean> attends) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < old.levels().size(); i++) {
      Level level = old.levels().get(i);
      boolean attended = level.attention() instanceof Attention.Transformer;
      if (attends.size() != old.levels().size() || (attended && !attends.get(i))) {
        throw new InvalidRequestException(
            "the U-Net to begin from has %d levels, of which %s attend to the text; more may, and none"
                    .formatted(old.levels().size(), marks(old))
                + " may cease to, got %s".formatted(marks(attends)));
      }
      levels.add(
          attended || !attends.get(i)
              ? level
              : new Level(
                  level.channels(), level.layers(), Attention.of(heads(level.channels()), 1)));
    }
    return old.withLevels(levels);
  }

  /** As many as usual; fewer where these do not divide the channels. */
  private static int heads(int channels) {
    int heads = TextImageSizes.heads(channels);
    while (channels % heads != 0) {
      heads--;
    }
    return heads;
  }

  private static String marks(UNetConfig config) {
    return marks(
        config.levels().stream()
            .map(level -> level.attention() instanceof Attention.Transformer)
            .toList());
  }

  private static String marks(List<Boolean> attends) {
    return String.join(",", attends.stream().map(each -> each ? "1" : "0").toList());
  }

  /**
   * {@return whole names of the last layers of transformers} Those of old ones get their own values
   * back.
   */
  private static Set<String> silent(UNetConfig config) {
    Set<String> names = new HashSet<>();
    int levels = config.levels().size();
    for (int i = 0; i < levels; i++) {
      int layers = config.levels().get(i).layers();
      for (int layer = 0; layer <= layers; layer++) {
        names.add("down_blocks.%d.attentions.%d.proj_out".formatted(i, layer));
        names.add("up_blocks.%d.attentions.%d.proj_out".formatted(levels - 1 - i, layer));
      }
    }
    return names;
  }
}
