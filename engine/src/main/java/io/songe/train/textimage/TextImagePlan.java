package io.songe.train.textimage;

import io.songe.data.Groups;
import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.TimestepSpacing;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.train.AdamW;
import io.songe.train.LearningRate;
import io.songe.train.TrainingOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All that one chooses of a text-to-image model and its training.
 *
 * @param latents what it learns from
 * @param sizes of the networks, if they do not begin as a model's
 * @param words for how many steps the text encoder first learns to name what captions are about; 0
 *     for not at all
 * @param learning what is made small
 * @param training how
 */
public record TextImagePlan(
    LatentPlan latents,
    TextImageSizes sizes,
    long words,
    TextToImageOptions learning,
    TrainingOptions training) {
  /**
   * Checked.
   *
   * @throws IllegalArgumentException if a step cannot be divided as it shall be
   */
  public TextImagePlan {
    if (learning.batch() / learning.looks() % training.parts() != 0) {
      throw new IllegalArgumentException(
          "a step of %d pictures cannot be divided into %d equal parts"
              .formatted(learning.batch() / learning.looks(), training.parts()));
    }
  }

  /** Captions in a step of the text encoder's own: they cost little. */
  static final int WORDS_TOGETHER = 128;

  /**
   * {@return what suits some hours on two processors, in the type that is fastest on this machine}
   */
  public static TextImagePlan usual() {
    return new TextImagePlan(
        new LatentPlan(
            Condition.TEXT,
            256,
            50_000,
            6,
            LatentPlan.usualShares(Condition.TEXT),
            Groups.all(),
            1),
        TextImageSizes.songeMini(),
        600,
        new TextToImageOptions(
            scheduler(new Prediction.Velocity(), true),
            new SnrWeighting.Even(),
            new LevelDensity.Even(),
            64,
            1,
            .1,
            1,
            Backend.fastestType()),
        new TrainingOptions(
            new LearningRate(1e-3, 500, 20_000, .65, .02),
            AdamW.Options.USUAL,
            .999,
            1,
            1,
            Duration.ofMinutes(4),
            2_000,
            Optional.empty()));
  }

  /** {@return what shows within a minute that everything works and something is learned} */
  public static TextImagePlan smoke() {
    TextImagePlan usual = usual();
    return new TextImagePlan(
        new LatentPlan(
            Condition.TEXT, 64, 512, 4, LatentPlan.usualShares(Condition.TEXT), Groups.all(), 1),
        new TextImageSizes(List.of(32, 64), List.of(false, true), 64, 2),
        40,
        new TextToImageOptions(
            usual.learning.scheduler(),
            usual.learning.weighting(),
            usual.learning.levels(),
            64,
            1,
            .1,
            1,
            DType.FLOAT32),
        new TrainingOptions(
            new LearningRate(2e-3, 20, 300, .65, .02),
            AdamW.Options.USUAL,
            .98,
            1,
            1,
            Duration.ofMinutes(4),
            0,
            Optional.empty()));
  }

  /**
   * The schedule and the sampler of a new model.
   *
   * <p>Stable Diffusion's last noise level leaves 7 % of the latent. Its mean can be read from so
   * little, and a model learns to: then the noise that a picture begins with, and not the phrase,
   * decides about grounds and colours. With a zero terminal signal the last level is noise alone,
   * and pictures begin there (Lin et al. 2023, sections 3.1 and 3.3).
   *
   * @param prediction what the U-Net's answer means
   * @param zeroTerminalSignal whether the last noise level leaves nothing of the latent, which only
   *     the velocity can be predicted from; a flow has no other last level and ignores it
   * @return that of Stable Diffusion with DDIM, or that of rectified flows
   * @throws IllegalArgumentException if noise shall be predicted where there is nothing else
   */
  public static SchedulerConfig scheduler(Prediction prediction, boolean zeroTerminalSignal) {
    if (prediction instanceof Prediction.Flow) {
      return SchedulerConfig.builder("FlowMatchEulerDiscreteScheduler").build();
    }
    if (zeroTerminalSignal && !(prediction instanceof Prediction.Velocity)) {
      throw new IllegalArgumentException(
          "a zero terminal SNR needs the prediction v, got %s: where there is only noise, naming the noise says nothing of a picture"
              .formatted(prediction.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    }
    return SchedulerConfig.builder("DDIMScheduler")
        .betas(Betas.ScaledLinear.stableDiffusion())
        .zeroTerminalSignal(zeroTerminalSignal)
        .prediction(prediction)
        .spacing(zeroTerminalSignal ? TimestepSpacing.TRAILING : TimestepSpacing.LEADING)
        .stepsOffset(1)
        .alphaToOne(false)
        .build();
  }

  /** {@return everything that the steps depend on, as a run's configuration says it} */
  SequencedMap<String, Object> config() {
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    config.put("condition", latents.condition().toString());
    config.put("side", latents.side());
    config.put("latents", latents.count());
    config.put("captions", latents.captions());
    config.put("shares", latents.shares().toString());
    config.put("groups", List.copyOf(latents.groups().names()));
    config.put("composition_seed", latents.seed());
    config.put("word_steps", words);
    config.put("prediction", learning.scheduler().prediction().getClass().getSimpleName());
    if (learning.scheduler().zeroTerminalSignal()) {
      config.put("zero_terminal_snr", true);
    }
    config.put("weighting", learning.weighting().toString());
    config.put("levels", learning.levels().toString());
    config.put("batch", learning.batch());
    config.put("looks", learning.looks());
    config.put("parts", training.parts());
    config.put("dropout", learning.dropout());
    config.put("seed", learning.seed());
    config.put("dtype", learning.dtype().toString());
    LearningRate rate = training.rate();
    config.put("steps", rate.total());
    config.put("rate", rate.peak());
    config.put("warm_up", rate.warmUp());
    config.put("fall_from", rate.fallFrom());
    config.put("rest", rate.rest());
    config.put("optimizer", training.optimizer().toString());
    config.put("averaging", training.averaging());
    config.put("clip", training.clip());
    return config;
  }
}
