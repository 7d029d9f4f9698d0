package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.train.Loss;
import io.songe.train.Player;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTaskTest {
  private final int threads = Backend.threads();

  @TempDir Path folder;

  @BeforeEach
  void useOneThread() {
    Backend.setThreads(1);
  }

  @AfterEach
  void useAllThreads() {
    Backend.setThreads(threads);
  }

  @Test
  void captions_are_named_right_after_a_few_steps() {
    try (LatentShards latents = Toys.latents(folder, 27);
        TextImageNetworks networks = Toys.networks(1);
        WordTask task = new WordTask(networks, latents, Toys.drawings(), 8, 1, DType.FLOAT32)) {
      Player player = task.players().getFirst();
      double before = named(player);

      TextToImageTaskTest.train(player, 25);

      assertThat(before).isLessThan(.8); // chance is a third
      assertThat(named(player)).isEqualTo(1);
    }
  }

  private static double named(Player player) {
    try (Scope _ = Scope.open()) {
      double sum = 0;
      for (long step = 100; step < 104; step++) {
        Loss loss = player.loss(step, 0, 1);
        sum += Objects.requireNonNull(loss.figures().get("concepts_named")).item();
      }
      return sum / 4;
    }
  }

  @Test
  void pictures_of_several_things_alone_are_refused() {
    CaptionedPicture.Row several =
        position ->
            new CaptionedPicture(
                Toys.picture(position).image(), List.of("a", "b"), OptionalInt.empty());
    LatentMaking making =
        new LatentMaking(Toys.recipe(4), several, Toys.tokenizer(), new Toys.Shrinking());
    try (LatentShards latents = making.make(folder, 1, _ -> {});
        TextImageNetworks networks = Toys.networks(1)) {
      assertThatThrownBy(
              () -> new WordTask(networks, latents, Toys.drawings(), 8, 1, DType.FLOAT32))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("one thing alone");
    }
  }
}
