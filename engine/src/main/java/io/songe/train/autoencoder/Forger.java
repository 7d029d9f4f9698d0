package io.songe.train.autoencoder;

import io.songe.model.vae.AutoencoderTiny;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.nn.Weights;
import io.songe.random.Draws;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.Loss;
import io.songe.train.Player;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The autoencoder: learns that pictures come back from their latents.
 *
 * <p>Some noise is added to latents before they are decoded, so that near latents are near
 * pictures. In a quarter of the steps latents are halved by averaging, and the halved picture is to
 * come back: a latent then is its picture at whatever size, which is easier to draw for diffusion
 * (Kouzelis et al. 2025, EQ-VAE, equation 5, with halving as the only transformation).
 */
final class Forger implements Player {
  static final String NAME = "autoencoder";

  private static final long NOISE_DRAW = 0;
  private static final long HALVING_DRAW = 1;

  private static final double NOISE = .05;
  private static final double HALVED = .25;
  private static final double EXPOSURE_WEIGHT = .02;
  private static final String DECODER = "decoder.";

  private final AutoencoderTinyConfig config;
  private final Weights weights;
  private final Learned learned;
  private final Crops crops;
  private final Draws draws;
  private final Optional<Adversary> adversary;
  private final DType dtype;
  private Duration dataTime = Duration.ZERO;

  /**
   * An autoencoder in training.
   *
   * @param config its sizes, with a scale of 1
   * @param weights its variables
   * @param learned which of them change
   * @param crops what it learns from
   * @param draws decide about noise and halving
   * @param adversary whom it is to deceive, if anybody
   * @param dtype in which it computes
   */
  Forger(
      AutoencoderTinyConfig config,
      Weights weights,
      Learned learned,
      Crops crops,
      Draws draws,
      Optional<Adversary> adversary,
      DType dtype) {
    this.config = config;
    this.weights = weights;
    this.learned = learned;
    this.crops = crops;
    this.draws = draws;
    this.adversary = adversary;
    this.dtype = dtype;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Variable> variables() {
    return switch (learned) {
      case WHOLE -> weights.variables();
      case DECODER -> {
        SequencedMap<String, Variable> decoder = new LinkedHashMap<>(weights.variables());
        decoder.keySet().removeIf(name -> !name.startsWith(DECODER));
        yield decoder;
      }
    };
  }

  @Override
  public Loss loss(long step, int part, int parts) {
    Passage passage = passage(step, part, parts);
    Loss near = ReconstructionLoss.of(passage.pictures(), passage.copies(), passage.latents());
    return adversary.isPresent() ? deceiving(step, near, passage, adversary.get()) : near;
  }

  private static Loss deceiving(long step, Loss near, Passage passage, Adversary adversary) {
    SequencedMap<String, Tensor> figures = new LinkedHashMap<>(near.figures());
    if (!adversary.plays(step)) {
      figures.put("exposure", Tensor.zeros(1));
      return new Loss(near.total(), figures);
    }
    Tensor exposure = PatchDiscriminator.exposure(adversary.judging().forward(passage.copies()));
    figures.put("exposure", exposure);
    return new Loss(near.total().plus(exposure.times(EXPOSURE_WEIGHT)), figures);
  }

  /**
   * Pictures of a step and what the autoencoder makes of them, with gradients where the scope has
   * them.
   */
  Passage passage(long step, int part, int parts) {
    long began = System.nanoTime();
    Tensor pictures = crops.at(step, part, parts);
    dataTime = Duration.ofNanos(System.nanoTime() - began);
    AutoencoderTiny network = config.build(weights.parameters(dtype));
    Tensor latents = encoded(network, pictures);
    NoiseSource noise = NoiseSource.torch(draws.in(part).bits(NOISE_DRAW, step));
    Tensor noisy = latents.plus(noise.next(latents.shape()).times(NOISE));
    if (draws.uniform(HALVING_DRAW, step) < HALVED) {
      return new Passage(
          Functional.averagePool(pictures, 2),
          latents,
          network.decode(Functional.averagePool(noisy, 2)));
    }
    return new Passage(pictures, latents, network.decode(noisy));
  }

  @Override
  public Duration dataTime() {
    return dataTime;
  }

  private Tensor encoded(AutoencoderTiny network, Tensor pictures) {
    return switch (learned) {
      case WHOLE -> network.encode(pictures);
      case DECODER -> {
        try (Scope scope = Scope.open()) {
          yield scope.keep(network.encode(pictures));
        }
      }
    };
  }
}
