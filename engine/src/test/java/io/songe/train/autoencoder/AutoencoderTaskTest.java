package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.model.vae.AutoencoderTiny;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.AdamW;
import io.songe.train.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AutoencoderTaskTest {
  private static final int THREADS = Backend.threads();
  private static final AutoencoderTinyConfig TINY =
      new AutoencoderTinyConfig(
          4, 4, 16, List.of(1, 1, 1), 16, List.of(1, 1, 1), LatentScale.of(1));

  private static final double RATE = 3e-3;

  /** So small work takes longer on two threads, and much longer beside other work. */
  @BeforeAll
  static void use_one_thread() {
    Backend.setThreads(1);
  }

  @AfterAll
  static void use_all_threads() {
    Backend.setThreads(THREADS);
  }

  private static AutoencoderRecipe recipe(Optional<Long> adversarialFrom, Learned learned) {
    return new AutoencoderRecipe(
        16, 4, 100, 8, 16, RATE, adversarialFrom, learned, 1, DType.FLOAT32);
  }

  private static AutoencoderTask task(Optional<Long> adversarialFrom, Learned learned) {
    Weights weights = Weights.initial(TINY::build, Initialization.of(1));
    return new AutoencoderTask(
        TINY, weights, Shapes.pictures(40), recipe(adversarialFrom, learned));
  }

  private static double followBack(Player player, long step) {
    player.variables().values().forEach(Variable::clearGradient);
    try (Scope _ = Scope.withGradients()) {
      Tensor loss = player.loss(step, 0, 1).total();
      Variable.backward(loss);
      return loss.item();
    }
  }

  private static List<Double> learn(Player player, int steps) {
    List<Double> losses = new ArrayList<>();
    try (AdamW optimizer = new AdamW(player.variables(), AdamW.Options.USUAL)) {
      for (int step = 0; step < steps; step++) {
        losses.add(followBack(player, step));
        Variable.clipGradients(List.copyOf(player.variables().values()), 1);
        optimizer.step(step, RATE * Math.min(1, (step + 1) / 20.0));
      }
    }
    return losses;
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void gradients_reach_all_variables() {
    try (AutoencoderTask task = task(Optional.of(0L), Learned.WHOLE)) {
      for (Player player : task.players()) {
        followBack(player, 1);

        assertThat(player.variables()).isNotEmpty();
        player
            .variables()
            .forEach((name, variable) -> {
              double size = variable.gradient().orElseThrow().abs().sum().item();
              // an expert that knows nothing is drawn up and down alike
              assertThat(size > 0 || name.equals("last.bias")).as(name).isTrue();
            });
      }
    }
  }

  @Test
  void an_autoencoder_learns() {
    try (AutoencoderTask task = task(Optional.empty(), Learned.WHOLE)) {
      List<Double> losses = learn(task.players().getFirst(), 60);

      assertThat(mean(losses.subList(50, 60))).isLessThan(.7 * mean(losses.subList(0, 5)));
    }
  }

  @Test
  void a_decoder_alone_leaves_latents_as_they_are() {
    try (AutoencoderTask task = task(Optional.empty(), Learned.DECODER)) {
      Player decoder = task.players().getFirst();

      List<Double> losses = learn(decoder, 30);

      assertThat(decoder.variables().keySet()).allMatch(name -> name.startsWith("decoder."));
      assertThat(mean(losses.subList(25, 30))).isLessThan(mean(losses.subList(0, 5)));
    }
  }

  @Test
  void the_expert_learns_to_find_forgeries() {
    try (AutoencoderTask task = task(Optional.of(0L), Learned.WHOLE)) {
      List<Double> losses = learn(task.players().getLast(), 30);

      assertThat(losses.getFirst()).isGreaterThan(1.8);
      assertThat(mean(losses.subList(25, 30))).isLessThan(1);
    }
  }

  @Test
  void before_its_time_the_expert_neither_learns_nor_matters() {
    try (AutoencoderTask alone = task(Optional.empty(), Learned.WHOLE);
        AutoencoderTask opposed = task(Optional.of(50L), Learned.WHOLE)) {
      double without = followBack(alone.players().getFirst(), 49);
      double before = followBack(opposed.players().getFirst(), 49);
      double expert = followBack(opposed.players().getLast(), 49);
      double during = followBack(opposed.players().getFirst(), 50);

      assertThat(before).isEqualTo(without);
      assertThat(expert).isZero();
      assertThat(opposed.players().getLast().variables().values())
          .allSatisfy(v -> assertThat(v.gradient().orElseThrow().abs().sum().item()).isZero());
      assertThat(during).isNotEqualTo(followBack(alone.players().getFirst(), 50));
    }
  }

  @Test
  void a_step_is_the_same_whatever_was_computed_before() {
    try (AutoencoderTask task = task(Optional.of(0L), Learned.WHOLE)) {
      for (Player player : task.players()) {
        double once = followBack(player, 9);
        followBack(player, 4);

        assertThat(followBack(player, 9)).isEqualTo(once);
      }
    }
  }

  @Test
  void figures_have_the_same_names_in_every_step() {
    try (AutoencoderTask task = task(Optional.of(1L), Learned.WHOLE);
        Scope _ = Scope.withGradients()) {
      for (Player player : task.players()) {
        assertThat(player.loss(0, 0, 1).figures().keySet())
            .isEqualTo(player.loss(1, 0, 1).figures().keySet());
      }
    }
  }

  @Test
  void halved_pictures_are_learned_too() {
    try (AutoencoderTask task = task(Optional.empty(), Learned.WHOLE);
        Scope _ = Scope.open()) {
      Forger forger = (Forger) task.players().getFirst();
      int halved = 0;
      for (int step = 0; step < 100; step++) {
        Passage passage = forger.passage(step, 0, 8);
        assertThat(passage.copies().shape()).isEqualTo(passage.pictures().shape());
        halved += passage.pictures().dim(3) == 8 ? 1 : 0;
      }

      // four deviations of a binomial distribution
      assertThat(halved).isBetween(25 - 17, 25 + 17);
    }
  }

  @Test
  void bfloat16_learns_what_float32_does() {
    AutoencoderRecipe recipe = recipe(Optional.empty(), Learned.WHOLE);
    AutoencoderRecipe coarse =
        new AutoencoderRecipe(
            16, 4, 100, 8, 16, RATE, Optional.empty(), Learned.WHOLE, 1, DType.BFLOAT16);
    try (AutoencoderTask exact =
            new AutoencoderTask(
                TINY,
                Weights.initial(TINY::build, Initialization.of(1)),
                Shapes.pictures(40),
                recipe);
        AutoencoderTask rounded =
            new AutoencoderTask(
                TINY,
                Weights.initial(TINY::build, Initialization.of(1)),
                Shapes.pictures(40),
                coarse)) {
      double expected = followBack(exact.players().getFirst(), 0);

      // 8 bits of mantissa
      assertThat(followBack(rounded.players().getFirst(), 0))
          .isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(1));
    }
  }

  @Test
  void learning_raises_the_quality() {
    Pictures pictures = Shapes.pictures(40);
    try (Weights weights = Weights.initial(TINY::build, Initialization.of(1));
        AutoencoderTask task =
            new AutoencoderTask(TINY, weights, pictures, recipe(Optional.empty(), Learned.WHOLE))) {
      ImageQuality before = quality(pictures, weights);

      learn(task.players().getFirst(), 120);

      ImageQuality after = quality(pictures, weights);
      assertThat(after.psnr()).isGreaterThan(before.psnr() + 8);
      assertThat(after.ssim()).isGreaterThan(before.ssim());
    }
  }

  private static ImageQuality quality(Pictures pictures, Weights weights) {
    try (Scope _ = Scope.open()) {
      AutoencoderTiny network = TINY.build(weights.parameters(DType.FLOAT32));
      return new Reconstructions(pictures).quality(network);
    }
  }
}
