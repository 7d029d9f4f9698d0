package io.songe.train.autoencoder;

import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.random.Draws;
import io.songe.train.Player;
import io.songe.train.TrainingTask;
import java.util.List;
import java.util.Optional;

/**
 * An autoencoder that learns to give pictures back; and, if the recipe has an adversarial stage, an
 * expert that learns to find out which pictures are given back, against whom the autoencoder learns
 * fine detail that means would blur (Esser et al. 2021, section 3.1).
 */
final class AutoencoderTask implements TrainingTask, AutoCloseable {
  private static final long CROPS = 0;
  private static final long PASSAGES = 1;
  private static final long EXPERT = 2;

  private final Weights weights;
  private final Optional<Adversary> adversary;
  private final List<Player> players;
  private final int batch;

  /**
   * A task.
   *
   * @param config the autoencoder's sizes, with a scale of 1
   * @param weights what it begins as; closed with the task
   * @param pictures that it learns from
   * @param recipe how
   */
  AutoencoderTask(
      AutoencoderTinyConfig config, Weights weights, Pictures pictures, AutoencoderRecipe recipe) {
    Draws draws = new Draws(recipe.seed());
    Crops crops =
        new Crops(pictures, config.imageChannels(), recipe.batch(), recipe.crop(), draws.in(CROPS));
    this.weights = weights;
    this.batch = recipe.batch();
    this.adversary =
        recipe
            .adversarialFrom()
            .map(from ->
                new Adversary(
                    expert(config, draws.in(EXPERT)),
                    config.imageChannels(),
                    from,
                    recipe.dtype()));
    Forger forger =
        new Forger(
            config,
            weights,
            recipe.learned(),
            crops,
            draws.in(PASSAGES),
            adversary,
            recipe.dtype());
    this.players =
        adversary
            .<List<Player>>map(opponent -> List.of(forger, new Expert(opponent, forger)))
            .orElse(List.of(forger));
  }

  private static Weights expert(AutoencoderTinyConfig config, Draws draws) {
    return Weights.initial(
        p -> new PatchDiscriminator(config.imageChannels(), p), Initialization.of(draws.seed()));
  }

  @Override
  public List<Player> players() {
    return players;
  }

  @Override
  public int samplesPerStep() {
    return batch;
  }

  @Override
  public void close() {
    weights.close();
    adversary.ifPresent(opponent -> opponent.weights().close());
  }
}
