package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void a_new_run_has_its_configuration_and_nothing_saved() {
    RunFolder run = RunFolder.open(folder.resolve("deep/run"), config("rate", .01), true);

    assertThat(run.path().resolve("config.json"))
        .hasContent(
            """
            {
              "rate": 0.01
            }
            """);
    assertThat(run.savedSteps()).isZero();
    assertThatThrownBy(() -> run.savedAverages("model"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the run in run has saved nothing yet; train it first");
  }

  @Test
  void a_run_is_gone_on_with_only_when_that_was_asked_for() {
    trained();

    assertThatThrownBy(() -> open(config("rate", .01), false))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "run holds a run already, of 3 steps; go on with it (resume), or choose another"
                + " folder");
    assertThat(open(config("rate", .01), true).savedSteps()).isEqualTo(3);
  }

  @Test
  void another_configuration_is_refused_with_what_differs() {
    SequencedMap<String, Object> before =
        config("batch", 64, "unet", Map.of("channels", List.of(64, 128), "kind", "small"));
    open(before, false);

    assertThatThrownBy(() ->
            open(
                config(
                    "batch",
                    32,
                    "clip",
                    1.0,
                    "unet",
                    Map.of("channels", List.of(64, 96, 128), "kind", "large")),
                true))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the run in run has another configuration: batch is 32, was 64; clip is 1, was"
                + " nothing; unet.channels[1] is 96, was 128; unet.channels[2] is 128, was nothing;"
                + " unet.kind is 'large', was 'small'; take the same options, or begin a run in"
                + " another folder");
  }

  @Test
  void numbers_are_compared_by_value_and_empty_lists_are_values() {
    open(config("clip", 1, "levels", List.of(), "text", true), false);

    open(config("clip", 1.0, "levels", List.of(), "text", true), true);

    assertThatThrownBy(() -> open(config("clip", 1, "levels", List.of(3), "text", true), true))
        .hasMessageContaining("levels is nothing, was []; levels[0] is 3, was nothing");
  }

  @Test
  void a_folder_with_something_else_is_left_alone() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("run"));
    Files.writeString(photos.resolve("beach.jpg"), "");

    assertThatThrownBy(() -> open(config("rate", 1), true))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("run holds 'beach.jpg' and is no run; choose a new or empty folder");
    assertThat(photos.resolve("config.json")).doesNotExist();
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Files.writeString(folder.resolve("run"), "");

    assertThatThrownBy(() -> open(config("rate", 1), true))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("run: the folder cannot be written");
  }

  @Test
  void a_truncated_state_is_refused_and_never_begun_anew() throws IOException {
    Path state = trained().path().resolve("state.safetensors");
    try (FileChannel channel = FileChannel.open(state, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }

    assertThatThrownBy(() -> open(config("rate", .01), true))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("run/state.safetensors: ")
        .hasMessageEndingWith("put back a copy of the state, or begin a run in another folder");
  }

  @Test
  void the_state_of_another_run_is_refused() throws IOException {
    Path state = trained().path().resolve("state.safetensors");
    RunFolder other = RunFolder.open(folder.resolve("other"), config("rate", .02), false);
    Files.copy(
        state, other.path().resolve("state.safetensors"), StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> RunFolder.open(other.path(), config("rate", .02), true))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(
            "other/state.safetensors: belongs to a run of another configuration");
  }

  @Test
  void a_broken_configuration_is_named() throws IOException {
    Files.writeString(trained().path().resolve("config.json"), "{");

    assertThatThrownBy(() -> open(config("rate", .01), true))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("run/config.json: is not valid JSON");
  }

  @Test
  void averages_come_by_the_variables_names() {
    RunFolder run = trained();

    try (Scope _ = Scope.open()) {
      var averages = run.savedAverages("model");

      assertThat(averages).containsOnlyKeys("in.weight", "in.bias", "out.weight", "out.bias");
      assertThat(Objects.requireNonNull(averages.get("in.weight")).toTensor().shape())
          .isEqualTo(Shape.of(32, 8));
    }
    assertThatThrownBy(() -> run.savedAverages("forger"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("run/state.safetensors has no player 'forger'");
  }

  private RunFolder trained() {
    RunFolder run = open(config("rate", .01), false);
    try (TinyTask task = new TinyTask()) {
      Trainer.train(task, run, TinyOptions.of(3), SampleSheet.NONE, _ -> {});
    }
    return run;
  }

  private RunFolder open(SequencedMap<String, Object> config, boolean resume) {
    return RunFolder.open(folder.resolve("run"), config, resume);
  }

  private static SequencedMap<String, Object> config(Object... namesAndValues) {
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      config.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return config;
  }
}
