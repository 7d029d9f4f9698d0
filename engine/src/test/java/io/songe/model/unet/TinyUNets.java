package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.First;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.model.unet.UNetConfig.Waves;
import java.util.List;

/** The configurations of the models that tools/golden/unet.py writes. */
public final class TinyUNets {
  private static final Attention NONE = new Attention.None();

  private TinyUNets() {}

  /** {@return the configuration of a model} */
  public static UNetConfig config(String model) {
    return switch (model) {
      case "sd1" ->
          config(
              List.of(
                  new Level(8, 2, Attention.of(2, 1)),
                  new Level(16, 2, Attention.of(2, 1)),
                  new Level(16, 2, Attention.of(2, 1)),
                  new Level(16, 2, NONE)),
              new Middle.Attending(2, 1),
              false,
              new Added.None());
      case "sd2" ->
          config(
              List.of(
                  new Level(8, 1, Attention.of(1, 1)),
                  new Level(16, 1, Attention.of(2, 1)),
                  new Level(16, 1, Attention.of(4, 1)),
                  new Level(24, 1, NONE)),
              new Middle.Attending(3, 1),
              true,
              new Added.None());
      case "sdxl" ->
          config(
              List.of(
                  new Level(8, 1, NONE),
                  new Level(16, 1, Attention.of(2, 2)),
                  new Level(16, 1, Attention.of(4, 3))),
              new Middle.Attending(4, 3),
              true,
              new Added.TextTime(6, 46));
      case "mini" ->
          new UNetConfig(
              4,
              4,
              List.of(
                  new Level(8, 1, NONE),
                  new Level(16, 1, NONE),
                  new Level(24, 1, Attention.of(4, 1))),
              new Middle.Attending(4, 1),
              12,
              true,
              TimeInjection.SCALE_AND_SHIFT,
              new Added.PooledText(3),
              new Waves(true, 0),
              4,
              1e-5);
      case "inpainting" ->
          new UNetConfig(
              9,
              4,
              List.of(new Level(8, 2, Attention.of(2, 2)), new Level(16, 1, Attention.of(4, 1))),
              new Middle.None(),
              12,
              false,
              TimeInjection.ADDITION,
              new Added.None(),
              new Waves(false, 1),
              4,
              1e-2);
      case "upscaling" ->
          new UNetConfig(
              8,
              3,
              List.of(
                  new Level(8, 1, new Attention.Transformer(2, 1, First.TEXT)),
                  new Level(16, 1, Attention.of(2, 1))),
              new Middle.Attending(2, 1),
              12,
              false,
              TimeInjection.ADDITION,
              new Added.TimedLabel(),
              new Waves(true, 0),
              4,
              1e-5);
      case "variation" ->
          config(
              List.of(new Level(8, 1, Attention.of(2, 1)), new Level(16, 1, Attention.of(2, 1))),
              new Middle.Residual(),
              false,
              new Added.VectorLabel(10));
      default -> throw new IllegalArgumentException(model);
    };
  }

  private static UNetConfig config(
      List<Level> levels, Middle middle, boolean linearProjection, Added added) {
    return new UNetConfig(
        4,
        4,
        levels,
        middle,
        12,
        linearProjection,
        TimeInjection.ADDITION,
        added,
        new Waves(true, 0),
        4,
        1e-5);
  }
}
