package io.songe.model.clip;

import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;

/** The configurations of the models that tools/golden/clip.py writes. */
public final class TinyClipTextEncoders {
  private TinyClipTextEncoders() {}

  /** {@return the configuration of a model} */
  public static ClipTextConfig config(String model) {
    return switch (model) {
      case "sd1" -> config(Activation.QUICK_GELU, new EndOfText.LargestId(), new Projection.None());
      case "sd2" -> config(Activation.GELU, new EndOfText.FirstOf(61), new Projection.None());
      case "sdxl" -> config(Activation.GELU, new EndOfText.FirstOf(61), new Projection.Shared(24));
      default -> throw new IllegalArgumentException(model);
    };
  }

  private static ClipTextConfig config(
      Activation activation, EndOfText end, Projection projection) {
    return new ClipTextConfig(64, 32, 80, 3, 4, 12, activation, 1e-5, end, projection);
  }
}
