package io.songe.train.textimage;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.NoisePredictor;
import io.songe.model.HiddenLayer;
import io.songe.model.TextEncoder;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * How much a model does what it is told: the part of the loss that a sample's own caption saves,
 * against the caption of another sample. A model that does not listen saves nothing. The more noise
 * there is, the more is left for the caption to decide, so that it is measured at several
 * timesteps. Always on the same samples with the same noise: the curve of a run is smooth although
 * few are looked at.
 */
final class CaptionUse {
  static final List<Integer> LEVELS = List.of(500, 700, 900);

  private static final int SAMPLES = 128;
  private static final int TOGETHER = 32;
  private static final long SEED = 1;

  private final NoisePredictor unet;
  private final TextEncoder text;
  private final LatentShards samples;
  private final Noising noising;

  private CaptionUse(NoisePredictor unet, TextEncoder text, LatentShards samples, Noising noising) {
    this.unet = unet;
    this.text = text;
    this.samples = samples;
    this.noising = noising;
  }

  /** {@return what a figure is called in files} */
  static String name(int level) {
    return "saved_by_caption_at_" + level;
  }

  /**
   * Measures, within the present scope.
   *
   * @param unet whose losses are compared
   * @param text reads the captions
   * @param samples of which some are looked at
   * @param noising what the U-Net sees and should answer
   * @return by {@linkplain #name names}, from minus infinity to 1; none if all captions are alike
   */
  static SequencedMap<String, Double> of(
      NoisePredictor unet, TextEncoder text, LatentShards samples, Noising noising) {
    return new CaptionUse(unet, text, samples, noising).measured();
  }

  private SequencedMap<String, Double> measured() {
    SequencedMap<String, Double> saved = new LinkedHashMap<>();
    int[] chosen = chosen();
    int[] others = others(chosen);
    if (others.length == 0) {
      return saved;
    }
    for (int level : LEVELS) {
      saved.put(name(level), 1 - error(chosen, chosen, level) / error(chosen, others, level));
    }
    return saved;
  }

  /**
   * Evenly among those that show one drawing, where there are such: what is told is what is seen.
   */
  private int[] chosen() {
    int[] plain =
        IntStream.range(0, samples.size()).filter(i -> samples.drawing(i).isPresent()).toArray();
    int[] from = plain.length == 0 ? IntStream.range(0, samples.size()).toArray() : plain;
    int count = Math.min(SAMPLES, from.length);
    return IntStream.range(0, count)
        .map(i -> from[(int) ((long) i * from.length / count)])
        .toArray();
  }

  /** For each sample the next whose caption is another; nothing if all have the same. */
  private int[] others(int[] chosen) {
    long[][] captions =
        Arrays.stream(chosen).mapToObj(sample -> caption(sample)).toArray(long[][]::new);
    int[] others = new int[chosen.length];
    for (int i = 0; i < others.length; i++) {
      int ahead = 1;
      while (ahead < chosen.length
          && Arrays.equals(captions[i], captions[(i + ahead) % chosen.length])) {
        ahead++;
      }
      if (ahead == chosen.length) {
        return new int[0];
      }
      others[i] = chosen[(i + ahead) % chosen.length];
    }
    return others;
  }

  private long[] caption(int sample) {
    try (Scope _ = Scope.open()) {
      return samples.tokens(new int[] {sample}, new int[1]).toLongs();
    }
  }

  /** The mean squared error on samples that are told the captions of others. */
  private double error(int[] shown, int[] told, int level) {
    DenoisingLoss loss = new DenoisingLoss(noising, new SnrWeighting.Even());
    double sum = 0;
    for (int from = 0; from < shown.length; from += TOGETHER) {
      int to = Math.min(shown.length, from + TOGETHER);
      int[] levels = new int[to - from];
      Arrays.fill(levels, level);
      try (Scope _ = Scope.open()) {
        Tensor clean = samples.latents(Arrays.copyOfRange(shown, from, to));
        Tensor ids = samples.tokens(Arrays.copyOfRange(told, from, to), new int[to - from]);
        Tensor noise =
            NoiseSource.torch(SEED + from)
                .next(Shape.of(to - from, clean.dim(1), clean.dim(2), clean.dim(3)));
        Conditioning given = Conditioning.of(text.encode(ids, HiddenLayer.last()).tokens());
        double mean = loss.of(unet, clean, noise, levels, given).plain().toFloats()[0];
        sum += mean * (to - from);
      }
    }
    return sum / shown.length;
  }
}
