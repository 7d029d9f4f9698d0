package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Prediction;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.text.TokenIds;
import io.songe.train.AdamW;
import io.songe.train.Player;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextToImageTaskTest {
  @TempDir static Path folder;
  static LatentShards latents;
  static int threads;

  @BeforeAll
  static void make() {
    threads = Backend.threads();
    Backend.setThreads(1); // such small networks lose by more
    latents = Toys.latents(folder, 27);
  }

  @AfterAll
  static void close() {
    latents.close();
    Backend.setThreads(threads);
  }

  static List<Prediction> predictions() {
    return List.of(new Prediction.Velocity(), new Prediction.Epsilon(), new Prediction.Flow());
  }

  static TextToImageTask task(TextImageNetworks networks, TextToImageOptions options) {
    return new TextToImageTask(networks, latents, options, Toys.tokenizer().truncated(""));
  }

  static double loss(Player player, long step) {
    try (Scope _ = Scope.open()) {
      return player.loss(step, 0, 1).total().item();
    }
  }

  /** The mean over steps that were not trained on. */
  static double laterLoss(Player player) {
    return LongStream.range(1000, 1008)
        .mapToDouble(step -> loss(player, step))
        .average()
        .orElseThrow();
  }

  static void train(Player player, int steps) {
    try (AdamW optimizer = new AdamW(player.variables(), AdamW.Options.USUAL)) {
      for (int step = 0; step < steps; step++) {
        try (Scope _ = Scope.withGradients()) {
          Variable.backward(player.loss(step, 0, 1).total());
          Variable.clipGradients(List.copyOf(player.variables().values()), 1);
        }
        optimizer.step(step, 2e-3);
        player.variables().values().forEach(Variable::clearGradient);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("predictions")
  void the_loss_falls_well_below_that_of_networks_that_know_nothing(Prediction prediction) {
    try (TextImageNetworks networks = Toys.networks(5)) {
      Player player = task(networks, Toys.options(prediction, .1)).players().getFirst();
      double before = laterLoss(player);

      train(player, 30);

      assertThat(laterLoss(player)).isLessThan(.6 * before);
    }
  }

  @Test
  void networks_that_answer_nothing_have_a_loss_of_about_one() {
    try (TextImageNetworks networks = Toys.networks(5)) {
      Player player =
          task(networks, Toys.options(new Prediction.Velocity(), .1)).players().getFirst();

      assertThat(laterLoss(player)).isBetween(.7, 1.4);
    }
  }

  @ParameterizedTest
  @MethodSource("predictions")
  void a_gradient_reaches_every_variable(Prediction prediction) {
    try (TextImageNetworks networks = Toys.networks(5)) {
      Player player = task(networks, Toys.options(prediction, 0)).players().getFirst();
      train(player, 2);

      try (Scope _ = Scope.withGradients()) {
        Variable.backward(player.loss(2, 0, 1).total());
      }

      assertThat(player.variables())
          .allSatisfy((_, variable) ->
              assertThat(variable.gradient().orElseThrow().abs().sum().item()).isPositive());
    }
  }

  @Test
  void bfloat16_gives_nearly_the_same_loss() {
    try (TextImageNetworks networks = Toys.networks(5)) {
      TextToImageOptions exact = Toys.options(new Prediction.Velocity(), .1);
      TextToImageOptions fast =
          new TextToImageOptions(
              exact.scheduler(),
              exact.weighting(),
              exact.batch(),
              exact.dropout(),
              exact.seed(),
              DType.BFLOAT16);
      Player player = task(networks, exact).players().getFirst();
      train(player, 3);

      double difference = loss(task(networks, fast).players().getFirst(), 7) - loss(player, 7);

      assertThat(Math.abs(difference)).isBetween(1e-9, .02);
    }
  }

  @Test
  void the_parts_of_a_step_are_together_the_whole_step() {
    try (TextImageNetworks networks = Toys.networks(5)) {
      Player player =
          task(networks, Toys.options(new Prediction.Velocity(), .1)).players().getFirst();
      train(player, 2);
      double whole = loss(player, 9);

      double mean;
      try (Scope _ = Scope.open()) {
        mean = (player.loss(9, 0, 2).total().item() + player.loss(9, 1, 2).total().item()) / 2;
      }

      // sums in another order, in single precision
      assertThat(mean).isCloseTo(whole, within(1e-5));
    }
  }

  @Test
  void with_every_caption_left_out_what_they_say_makes_no_difference() {
    try (TextImageNetworks networks = Toys.networks(5)) {
      Player player =
          task(networks, Toys.options(new Prediction.Velocity(), 1)).players().getFirst();
      Player other =
          new TextToImageTask(
                  networks,
                  latents,
                  Toys.options(new Prediction.Velocity(), 1),
                  Toys.tokenizer().truncated("bleu"))
              .players()
              .getFirst();
      train(player, 3);
      var words = new TreeSet<Long>();
      try (Scope _ = Scope.withGradients()) {
        Variable.backward(player.loss(9, 0, 1).total());
        Tensor rows =
            Objects.requireNonNull(
                    networks.text().variables().get("embeddings.token_embedding.weight"))
                .gradient()
                .orElseThrow();
        float[] sums = rows.abs().sum(1).toFloats();
        for (int token = 0; token < sums.length; token++) {
          if (sums[token] != 0) {
            words.add((long) token);
          }
        }
      }

      TokenIds nothing = Toys.tokenizer().truncated("");
      assertThat(words).containsOnly((long) nothing.at(0), (long) nothing.at(1));
      assertThat(loss(other, 9)).isNotEqualTo(loss(player, 9));
    }
  }

  @Test
  void latents_of_another_number_of_channels_are_refused() {
    TextImageSizes sizes = Toys.sizes();
    try (TextImageNetworks networks =
        TextImageNetworks.initial(sizes.text(Toys.tokenizer()), sizes.unet(8), 1)) {
      assertThatThrownBy(() -> task(networks, Toys.options(new Prediction.Velocity(), .1)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("8 channels")
          .hasMessageContaining("have 4");
    }
  }

  @Test
  void latents_that_cannot_be_halved_often_enough_are_refused() {
    TextImageSizes sizes =
        new TextImageSizes(
            List.of(32, 32, 32, 32, 32), List.of(false, false, false, false, true), 32, 1);
    try (TextImageNetworks networks =
        TextImageNetworks.initial(sizes.text(Toys.tokenizer()), sizes.unet(4), 1)) {
      assertThatThrownBy(() -> task(networks, Toys.options(new Prediction.Velocity(), .1)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("8x8");
    }
  }
}
