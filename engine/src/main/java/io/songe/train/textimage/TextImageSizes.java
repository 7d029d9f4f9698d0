package io.songe.train.textimage;

import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.text.ClipTokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a new model that one chooses; the others follow from them, from the tokenizer and
 * from the autoencoder. Text reaches the U-Net twice: by attention at some levels, and pooled into
 * the embedding of the time, which scales and shifts every block. By attention alone prompts had no
 * visible effect on small models after a hundred thousand samples.
 *
 * @param channels of the U-Net at each level, from the finest; multiples of 32
 * @param attends whether each level attends to the text
 * @param textWidth of the features of the text, a multiple of 64 above 64, or any even number up to
 *     it
 * @param textLayers of the text encoder, at least 1
 */
public record TextImageSizes(
    List<Integer> channels, List<Boolean> attends, int textWidth, int textLayers) {
  /** The usual number of numbers that one head of attention looks at. */
  private static final int HEAD = 64;

  private static final int GROUPS = 32;
  private static final double EPSILON = 1e-5;

  /**
   * Checked, with lists copied.
   *
   * @throws IllegalArgumentException if a size is not possible
   */
  public TextImageSizes {
    channels = List.copyOf(channels);
    attends = List.copyOf(attends);
    if (channels.isEmpty() || channels.size() != attends.size()) {
      throw new IllegalArgumentException(
          "a U-Net has as many marks of attention as levels, at least one, got %s and %s"
              .formatted(channels, attends));
    }
    for (int each : channels) {
      if (each < 1 || each % GROUPS != 0 || (each > HEAD && each % HEAD != 0)) {
        throw new IllegalArgumentException(
            "the channels of a level are %d or a multiple of %d, got %d"
                .formatted(GROUPS, HEAD, each));
      }
    }
    if (textWidth < 2 || textWidth % 2 != 0 || (textWidth > HEAD && textWidth % HEAD != 0)) {
      throw new IllegalArgumentException(
          "the width of the text is even up to %d, and a multiple of it above, got %d"
              .formatted(HEAD, textWidth));
    }
    if (textLayers < 1) {
      throw new IllegalArgumentException("a text encoder has at least 1 layer, got " + textLayers);
    }
  }

  /** {@return the sizes of the bundled model, before it was {@linkplain GrownUNet grown}} */
  public static TextImageSizes songeMini() {
    return new TextImageSizes(List.of(64, 128, 256), List.of(false, false, true), 320, 4);
  }

  /**
   * The text encoder.
   *
   * @param tokenizer whose tokens it reads
   * @return its sizes
   */
  public ClipTextConfig text(ClipTokenizer tokenizer) {
    return new ClipTextConfig(
        tokenizer.vocabularySize(),
        textWidth,
        4 * textWidth,
        textLayers,
        heads(textWidth),
        tokenizer.maxLength(),
        ClipTextConfig.Activation.GELU,
        EPSILON,
        new ClipTextConfig.EndOfText.FirstOf(tokenizer.endId()),
        new ClipTextConfig.Projection.None());
  }

  /**
   * The U-Net.
   *
   * @param latentChannels of the autoencoder
   * @return its sizes
   */
  public UNetConfig unet(int latentChannels) {
    List<UNetConfig.Level> levels = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      int width = channels.get(i);
      levels.add(
          new UNetConfig.Level(
              width,
              1,
              attends.get(i)
                  ? UNetConfig.Attention.of(heads(width), 1)
                  : new UNetConfig.Attention.None()));
    }
    return new UNetConfig(
        latentChannels,
        latentChannels,
        levels,
        new UNetConfig.Middle.Attending(heads(channels.getLast()), 1),
        textWidth,
        true,
        UNetConfig.TimeInjection.SCALE_AND_SHIFT,
        new UNetConfig.Added.PooledText(heads(textWidth)),
        new UNetConfig.Waves(true, 0),
        GROUPS,
        EPSILON);
  }

  /** {@return heads of the usual width, of attention to so many numbers} */
  static int heads(int width) {
    return Math.max(1, width / HEAD);
  }
}
