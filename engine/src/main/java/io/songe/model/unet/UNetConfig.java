package io.songe.model.unet;

import java.util.List;

/**
 * The sizes and variants of a U-Net.
 *
 * @param inputChannels 4 for latents; 9 with a mask and a masked picture beside them, 8 with a
 *     picture to be edited
 * @param outputChannels channels of what it predicts
 * @param levels from the full resolution down; each but the last halves height and width behind it
 * @param middle between the way down and the way up
 * @param contextWidth width of a text token's features
 * @param linearProjection whether a spatial transformer's entrance and exit are stored as linear
 *     maps (Stable Diffusion 2 and XL) or as kernels of side 1 (Stable Diffusion 1)
 * @param timeInjection how the time enters a residual block
 * @param added what is added to the time embedding
 * @param waves how a time becomes a vector
 * @param groups of every group normalization; divides the channels of every level
 * @param epsilon added to the variance in the group normalizations outside of transformers
 */
public record UNetConfig(
    int inputChannels,
    int outputChannels,
    List<Level> levels,
    Middle middle,
    int contextWidth,
    boolean linearProjection,
    TimeInjection timeInjection,
    Added added,
    Waves waves,
    int groups,
    double epsilon) {

  /**
   * One resolution.
   *
   * @param channels of its pictures
   * @param layers on the way down; the way up has one more
   * @param attention behind each residual block
   */
  public record Level(int channels, int layers, Attention attention) {}

  /** How a level looks at the text. */
  public sealed interface Attention {
    /** Not at all: residual blocks alone. */
    record None() implements Attention {}

    /**
     * By spatial transformers. Rombach et al. 2022, section 3.3.
     *
     * @param heads of attention; divides the channels
     * @param depth blocks of a transformer one after the other
     * @param first what the first attention of a block looks at; the second looks at the text
     */
    record Transformer(int heads, int depth, First first) implements Attention {}

    /** {@return transformers whose first attention looks at the picture itself} */
    static Attention of(int heads, int depth) {
      return new Transformer(heads, depth, First.PICTURE);
    }
  }

  /** What the first attention of a transformer's block looks at. */
  public enum First {
    /** The picture itself: self-attention. */
    PICTURE,
    /** The text: the published option {@code only_cross_attention}. */
    TEXT
  }

  /** What stands between the way down and the way up. */
  public sealed interface Middle {
    /** Nothing. */
    record None() implements Middle {}

    /** One residual block. */
    record Residual() implements Middle {}

    /**
     * A residual block, a spatial transformer and another residual block.
     *
     * @param heads of attention; divides the last level's channels
     * @param depth blocks of the transformer one after the other
     */
    record Attending(int heads, int depth) implements Middle {}
  }

  /** How the time embedding enters a residual block. */
  public enum TimeInjection {
    /** Added before the second normalization. */
    ADDITION,
    /** Scales and shifts behind the second normalization. Dhariwal and Nichol 2021, section 3.1. */
    SCALE_AND_SHIFT
  }

  /** What is added to the time embedding. */
  public sealed interface Added {
    /** Nothing. */
    record None() implements Added {}

    /**
     * The text, pooled by attention.
     *
     * @param heads of that attention; divides the context's width
     */
    record PooledText(int heads) implements Added {}

    /**
     * Features of the text as a whole, and numbers about the picture. Podell et al. 2023, section
     * 2.2.
     *
     * @param numberWidth width of the vector that each number becomes; even
     * @param inputWidth width of the text's features and all numbers' vectors together
     */
    record TextTime(int numberWidth, int inputWidth) implements Added {}

    /** A label that is embedded as a time is, such as a level of noise. */
    record TimedLabel() implements Added {}

    /**
     * A label that is a vector, such as a picture's features.
     *
     * @param inputWidth its width
     */
    record VectorLabel(int inputWidth) implements Added {}
  }

  /**
   * How a time becomes a vector of sines and cosines. Vaswani et al. 2017, section 3.5.
   *
   * @param cosineFirst whether the cosines stand before the sines
   * @param shift taken from the number of frequencies where they are spread: with 1 the last
   *     frequency is exactly 1/10000
   */
  public record Waves(boolean cosineFirst, double shift) {}

  /**
   * Checked sizes.
   *
   * @throws IllegalArgumentException if a size is not positive, or one does not divide another that
   *     it must
   */
  public UNetConfig {
    levels = List.copyOf(levels);
    requirePositive("number of input channels", inputChannels);
    requirePositive("number of output channels", outputChannels);
    requirePositive("number of levels", levels.size());
    requirePositive("context width", contextWidth);
    requirePositive("number of groups", groups);
    for (Level level : levels) {
      requirePositive("number of channels", level.channels);
      requirePositive("number of layers", level.layers);
      requireDivides("groups of normalization", groups, level.channels);
      requireFits(level.attention, level.channels);
    }
    if (middle instanceof Middle.Attending(int heads, int depth)) {
      requireFits(Attention.of(heads, depth), levels.getLast().channels);
    }
    requireDivides("halves of the time's waves", 2, levels.getFirst().channels);
    switch (added) {
      case Added.None _, Added.TimedLabel _ -> {}
      case Added.PooledText(int heads) ->
          requireDivides("heads of the text's pooling", heads, contextWidth);
      case Added.TextTime(int numberWidth, int inputWidth) -> {
        requireDivides("halves of a number's waves", 2, numberWidth);
        requirePositive("width of the added embedding's input", inputWidth);
      }
      case Added.VectorLabel(int inputWidth) -> requirePositive("width of a label", inputWidth);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon is positive, got " + epsilon);
    }
  }

  private static void requireFits(Attention attention, int channels) {
    if (attention instanceof Attention.Transformer transformer) {
      requireDivides("heads of attention", transformer.heads, channels);
      requirePositive("depth of a transformer", transformer.depth);
    }
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the " + what + " is at least 1, got " + value);
    }
  }

  private static void requireDivides(String what, int parts, int whole) {
    if (parts < 1 || whole < 1 || whole % parts != 0) {
      throw new IllegalArgumentException(
          "the " + what + " divide the width they are of, got " + parts + " for " + whole);
    }
  }

  /**
   * {@return the same sizes, but for the levels}
   *
   * @param others from the finest
   * @throws IllegalArgumentException as the constructor
   */
  public UNetConfig withLevels(List<Level> others) {
    return new UNetConfig(
        inputChannels,
        outputChannels,
        others,
        middle,
        contextWidth,
        linearProjection,
        timeInjection,
        added,
        waves,
        groups,
        epsilon);
  }

  /** {@return the width of the time embedding} */
  public int timeWidth() {
    return 4 * levels.getFirst().channels;
  }

  /**
   * The same network for another input, such as 9 channels for painting inside a mask.
   *
   * @param channels of the input
   * @return the changed copy
   */
  public UNetConfig withInputChannels(int channels) {
    return new UNetConfig(
        channels,
        outputChannels,
        levels,
        middle,
        contextWidth,
        linearProjection,
        timeInjection,
        added,
        waves,
        groups,
        epsilon);
  }

  /** {@return Stable Diffusion 1} */
  public static UNetConfig stableDiffusion1() {
    Attention attention = Attention.of(8, 1);
    return published(
        List.of(
            new Level(320, 2, attention),
            new Level(640, 2, attention),
            new Level(1280, 2, attention),
            new Level(1280, 2, new Attention.None())),
        new Middle.Attending(8, 1),
        768,
        false,
        TimeInjection.ADDITION,
        new Added.None());
  }

  /** {@return Stable Diffusion 2} */
  public static UNetConfig stableDiffusion2() {
    return published(
        List.of(
            new Level(320, 2, Attention.of(5, 1)),
            new Level(640, 2, Attention.of(10, 1)),
            new Level(1280, 2, Attention.of(20, 1)),
            new Level(1280, 2, new Attention.None())),
        new Middle.Attending(20, 1),
        1024,
        true,
        TimeInjection.ADDITION,
        new Added.None());
  }

  /** {@return Stable Diffusion XL's base model} */
  public static UNetConfig stableDiffusionXl() {
    return published(
        List.of(
            new Level(320, 2, new Attention.None()),
            new Level(640, 2, Attention.of(10, 2)),
            new Level(1280, 2, Attention.of(20, 10))),
        new Middle.Attending(20, 10),
        2048,
        true,
        TimeInjection.ADDITION,
        new Added.TextTime(256, 2816));
  }

  /** {@return Stable Diffusion XL's refiner} */
  public static UNetConfig stableDiffusionXlRefiner() {
    return published(
        List.of(
            new Level(384, 2, new Attention.None()),
            new Level(768, 2, Attention.of(12, 4)),
            new Level(1536, 2, Attention.of(24, 4)),
            new Level(1536, 2, new Attention.None())),
        new Middle.Attending(24, 4),
        1280,
        true,
        TimeInjection.ADDITION,
        new Added.TextTime(256, 2560));
  }

  /** {@return songe-mini's, before it was grown for pictures of 256x256} */
  public static UNetConfig songeMini() {
    return published(
        List.of(
            new Level(64, 1, new Attention.None()),
            new Level(128, 1, new Attention.None()),
            new Level(256, 1, Attention.of(4, 1))),
        new Middle.Attending(4, 1),
        320,
        true,
        TimeInjection.SCALE_AND_SHIFT,
        new Added.PooledText(5));
  }

  private static UNetConfig published(
      List<Level> levels,
      Middle middle,
      int contextWidth,
      boolean linearProjection,
      TimeInjection timeInjection,
      Added added) {
    return new UNetConfig(
        4,
        4,
        levels,
        middle,
        contextWidth,
        linearProjection,
        timeInjection,
        added,
        new Waves(true, 0),
        32,
        1e-5);
  }
}
