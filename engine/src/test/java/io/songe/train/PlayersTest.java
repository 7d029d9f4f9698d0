package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two players in one step, each of whose losses depends on the other's variables. */
class PlayersTest {
  @TempDir Path folder;

  private record Moving(String name, Variable variable, Supplier<Tensor> distance)
      implements Player {
    @Override
    public Map<String, Variable> variables() {
      return Map.of("place", variable);
    }

    @Override
    public Loss loss(long step, int part, int parts) {
      return Loss.of(distance.get().square().sum());
    }
  }

  private record Task(List<Player> players) implements TrainingTask {
    @Override
    public int samplesPerStep() {
      return 1;
    }
  }

  @Test
  void each_player_follows_its_own_loss_alone_and_sees_what_the_others_before_it_did() {
    try (Variable hunter = Variable.of(Tensor.zeros(1));
        Variable prey = Variable.of(Tensor.full(1, 1))) {
      Task task =
          new Task(
              List.of(
                  new Moving("hunter", hunter, () -> hunter.value().minus(prey.value())),
                  // wants to be 1 before the hunter, which has just moved towards it
                  new Moving("prey", prey, () -> prey.value().minus(hunter.value()).minus(1))));

      train(task);

      assertThat(hunter.value().item()).isPositive();
      assertThat(prey.value().item()).isGreaterThan(1);
      assertThat(run().savedAverages("hunter")).containsOnlyKeys("place");
      assertThat(MetricsFile.read(run().metrics()).columns())
          .contains("hunter.loss", "hunter.gradient_norm", "prey.loss", "prey.gradient_norm");
    }
  }

  @Test
  void two_players_of_one_name_are_a_mistake() {
    try (Variable place = Variable.of(Tensor.zeros(1))) {
      Player player = new Moving("model", place, place::value);

      assertThatThrownBy(() -> train(new Task(List.of(player, player))))
          .isInstanceOf(EngineException.class)
          .hasMessage("two players have one name");
    }
  }

  private void train(Task task) {
    Trainer.train(task, run(), TinyOptions.of(1, 1), SampleSheet.NONE, _ -> {});
  }

  private RunFolder run() {
    return RunFolder.open(folder.resolve("run"), TinyOptions.config(), true);
  }
}
