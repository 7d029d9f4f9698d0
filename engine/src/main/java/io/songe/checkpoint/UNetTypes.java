package io.songe.checkpoint;

import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import java.util.List;

/** What diffusers calls the conditional U-Net and its blocks. */
final class UNetTypes {
  static final String CLASS = "UNet2DConditionModel";
  static final String CROSS_DOWN = "CrossAttnDownBlock2D";
  static final String CROSS_UP = "CrossAttnUpBlock2D";
  static final String PLAIN_DOWN = "DownBlock2D";
  static final String PLAIN_UP = "UpBlock2D";
  static final String CROSS_MIDDLE = "UNetMidBlock2DCrossAttn";
  static final String PLAIN_MIDDLE = "UNetMidBlock2D";

  private UNetTypes() {}

  /** {@return the blocks of the way down} */
  static List<String> down(List<Level> levels) {
    return levels.stream().map(level -> attends(level) ? CROSS_DOWN : PLAIN_DOWN).toList();
  }

  /** {@return the blocks of the way up} */
  static List<String> up(List<Level> levels) {
    return levels.reversed().stream().map(level -> attends(level) ? CROSS_UP : PLAIN_UP).toList();
  }

  private static boolean attends(Level level) {
    return level.attention() instanceof Attention.Transformer;
  }
}
