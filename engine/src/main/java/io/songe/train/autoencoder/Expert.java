package io.songe.train.autoencoder;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.Loss;
import io.songe.train.Player;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Learns to tell pictures from what the forger makes of them (Goodfellow et al. 2014). Before its
 * time has come it learns nothing.
 */
final class Expert implements Player {
  static final String NAME = "expert";

  private final Adversary adversary;
  private final Forger forger;

  Expert(Adversary adversary, Forger forger) {
    this.adversary = adversary;
    this.forger = forger;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Variable> variables() {
    return adversary.weights().variables();
  }

  @Override
  public Loss loss(long step, int part, int parts) {
    if (!adversary.plays(step)) {
      return figures(nothing(), Tensor.zeros(1), Tensor.zeros(1));
    }
    Passage passage;
    try (Scope scope = Scope.open()) {
      Passage made = forger.passage(step, part, parts);
      passage =
          new Passage(
              scope.keep(made.pictures()), scope.keep(made.latents()), scope.keep(made.copies()));
    }
    PatchDiscriminator expert = adversary.learning();
    Tensor real = expert.forward(passage.pictures());
    Tensor forged = expert.forward(passage.copies());
    return figures(PatchDiscriminator.mistakes(real, forged), real.mean(), forged.mean());
  }

  @Override
  public Duration dataTime() {
    return forger.dataTime();
  }

  private static Loss figures(Tensor total, Tensor real, Tensor forged) {
    SequencedMap<String, Tensor> figures = new LinkedHashMap<>();
    figures.put("real", real);
    figures.put("forged", forged);
    return new Loss(total, figures);
  }

  /** A loss of 0 whose gradients are zeros. */
  private Tensor nothing() {
    return variables().values().stream()
        .map(variable -> variable.value().sum().times(0))
        .reduce(Tensor::plus)
        .orElseThrow();
  }
}
