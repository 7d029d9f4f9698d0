package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalKind;
import io.songe.checkpoint.original.OriginalModel;
import io.songe.checkpoint.original.Placement;
import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SolverOptions;
import io.songe.diffusion.TimestepSpacing;
import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.model.unet.UNetConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a model of one file was trained, which its tensors do not say: as the published models of its
 * kind, but for what its U-Net predicts, noise or velocity. That is told by, in this order, a
 * {@link YamlSidecar}; the file's {@code modelspec.prediction_type}; the mark {@code v_pred}, a
 * tensor of no meaning but its name; and in Stable Diffusion 2, of which both were published, by
 * the number of steps after which its base was saved, and by the spread of one bias, which is
 * larger in all published models that predict the velocity.
 */
record OriginalScheduler(Path file, TensorSource source, OriginalModel model) {
  static final String PREDICTION_TYPE = "modelspec.prediction_type";
  static final String VELOCITY_MARK = "v_pred";
  static final String ZERO_SIGNAL_MARK = "ztsnr";

  private static final String STEPS_OF_THE_BASE = "875000";
  private static final double LEAST_SPREAD_OF_VELOCITY = 0.09;

  SchedulerConfig config() {
    SchedulerConfig.Builder published =
        switch (model.kind()) {
          case STABLE_DIFFUSION_1, STABLE_DIFFUSION_2 ->
              SchedulerConfig.builder("PNDMScheduler")
                  .alphaToOne(false)
                  .solver(new SolverOptions.PseudoNumerical(false));
          case XL, XL_REFINER ->
              SchedulerConfig.builder("EulerDiscreteScheduler").spacing(TimestepSpacing.LEADING);
        };
    return published
        .betas(Betas.ScaledLinear.stableDiffusion())
        .stepsOffset(1)
        .prediction(prediction())
        .zeroTerminalSignal(source.names().contains(ZERO_SIGNAL_MARK))
        .build();
  }

  Prediction prediction() {
    return YamlSidecar.beside(file)
        .or(this::described)
        .or(this::marked)
        .or(this::stepped)
        .orElseGet(() -> spreads() ? new Prediction.Velocity() : new Prediction.Epsilon());
  }

  private Optional<Prediction> described() {
    String type = source.metadata().get(PREDICTION_TYPE);
    if (type == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type.toLowerCase(Locale.ROOT)) {
          case "epsilon", "eps" -> new Prediction.Epsilon();
          case "v", "v_prediction", "velocity" -> new Prediction.Velocity();
          default ->
              throw FileLabel.of(file)
                  .broken(
                      "says that it predicts %s, and known are epsilon and v; say which in a .yaml file beside it"
                          .formatted(FileLabel.quote(type)));
        });
  }

  private Optional<Prediction> marked() {
    return source.names().contains(VELOCITY_MARK)
        ? Optional.of(new Prediction.Velocity())
        : Optional.empty();
  }

  private Optional<Prediction> stepped() {
    return model.kind() == OriginalKind.STABLE_DIFFUSION_2
            && STEPS_OF_THE_BASE.equals(source.metadata().get("global_step"))
        ? Optional.of(new Prediction.Epsilon())
        : Optional.empty();
  }

  private boolean spreads() {
    UNetConfig unet = model.unet().config();
    if (model.kind() != OriginalKind.STABLE_DIFFUSION_2
        || unet.inputChannels() != model.autoencoder().config().latentChannels()) {
      return false;
    }
    SequencedMap<String, Placement> placements = model.unet().placements();
    Placement bias =
        placements.get(
            "up_blocks.%d.attentions.%d.transformer_blocks.0.norm1.bias"
                .formatted(unet.levels().size() - 1, unet.levels().getFirst().layers()));
    return bias != null && spread(bias.read(source, FileLabel.of(file))) > LEAST_SPREAD_OF_VELOCITY;
  }

  /** Standard deviation, without native code: models are listed without it. */
  private static double spread(StoredTensor tensor) {
    double[] values = StoredNumbers.of(tensor);
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
