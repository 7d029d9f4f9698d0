package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.data.source.CorpusBuild;
import io.songe.data.source.Framing;
import io.songe.data.source.ShapeDrawings;
import io.songe.format.JsonConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.train.autoencoder.AutoencoderRecipe;
import io.songe.train.autoencoder.TrainingEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainAutoencoderCommandTest {
  private static final int THREADS = Backend.threads();

  @TempDir private static Path folder;
  @TempDir private Path runs;

  @BeforeAll
  static void build() {
    new CorpusBuild(32, Framing.MARGIN)
        .run(ShapeDrawings.of(4), folder.resolve("corpus"), (_, _) -> {});
  }

  @AfterAll
  static void use_all_threads() {
    Backend.setThreads(THREADS);
  }

  /**
   * A tiny training on one thread.
   *
   * @param more options, each with its value, which stand in place of the usual ones
   */
  private Run train(String run, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--smoke", "");
    options.put("--threads", "=1");
    options.put("--batch", "=2");
    options.put("--steps", "=3");
    options.put("--crop", "=16");
    for (String option : more) {
      int end = option.contains("=") ? option.indexOf('=') : option.length();
      options.put(option.substring(0, end), option.substring(end));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                "autoencoder",
                folder.resolve("corpus").toString(),
                runs.resolve(run).toString()));
    options.forEach((name, value) -> command.add(name + value));
    return Run.songe(command.toArray(String[]::new));
  }

  private AutoencoderTinyConfig trained(String run) {
    try (AutoencoderFolder opened = AutoencoderFolder.open(runs.resolve(run), DType.FLOAT32)) {
      return (AutoencoderTinyConfig) opened.config();
    }
  }

  @Test
  void a_training_ends_with_an_autoencoder_and_its_figures() {
    Run done = train("run", "--channels=8", "--latent-channels=6");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .matches(
            """
            held-out drawings: PSNR -?[0-9.]+ dB, SSIM -?[0-9.]+, edge error [0-9.]+ %
            The autoencoder is .*run/vae[.]
            """);
    assertThat(done.err()).contains("samples drawn: " + runs.resolve("run/sheets/step-000003.png"));
    assertThat(trained("run").latentChannels()).isEqualTo(6);
    assertThat(trained("run").decoderChannels()).isEqualTo(8);
    assertThat(JsonConfig.read(runs.resolve("run/quality.json")).has("psnr")).isTrue();
  }

  @Test
  void smoke_learns() {
    Run untrained = train("untrained", "--steps=1", "--batch=8", "--crop=32");
    Run trained = train("trained", "--steps=400", "--batch=8", "--crop=32");

    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(untrained.code()).isZero();
    assertThat(psnr("trained")).isGreaterThan(psnr("untrained") + 6);
  }

  private double psnr(String run) {
    return JsonConfig.read(runs.resolve(run).resolve("quality.json")).number("psnr");
  }

  @Test
  void a_training_that_ran_out_of_time_goes_on() {
    Run stopped = train("run", "--minutes=0.00001");
    Run refused = train("run");
    Run finished = train("run", "--resume");

    assertThat(stopped.code()).as(stopped.err()).isZero();
    assertThat(stopped.out()).endsWith("Stopped, and all is kept; --resume goes on.\n");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(finished.code()).as(finished.err()).isZero();
    assertThat(finished.out()).doesNotContain("--resume");
  }

  @Test
  void a_decoder_is_trained_on_against_an_expert() throws IOException {
    train("first");
    Run second =
        train(
            "second", "--from=" + runs.resolve("first"), "--decoder-only", "--adversarial-from=1");

    assertThat(second.code()).as(second.err()).isZero();
    assertThat(trained("second")).isEqualTo(trained("first"));
    assertThat(Files.readString(runs.resolve("second/metrics.csv"))).contains("expert.loss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--steps=0 | an autoencoder is trained with at least 1 step, got 0",
        "--batch=0 | a batch from 1 to 4096, got 0",
        "--crop=20 | squares whose side is a multiple of 16, got 20",
        "--crop=48 | at most 32, which the pictures have, got 48",
        "--rate=fast | \"fast\"",
        "--rate=-1 | a rate above 0 and at most 1, got -1.0",
        "--channels=4 | channels from 8 to 512, got 4",
        "--minutes=0 | --minutes is above 0, got 0",
        "--precision=fp8 | unknown precision",
        "--adversarial-from=3 | a step from 0 to below 3, got 3",
        "--decoder-only | --from",
        "--from=nowhere | nowhere",
        "--save-every=0 | more than nothing",
        "--sheet-every=-1 | at least 0 steps",
        "--threads=0 | got 0",
      })
  void what_cannot_be_is_refused_before_any_work(String option, String complaint) {
    Run refused = train("run", option);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(complaint);
    assertThat(runs.resolve("run")).doesNotExist();
  }

  @Test
  void sizes_beside_another_autoencoder_are_refused() {
    train("first");

    Run refused = train("second", "--from=" + runs.resolve("first"), "--channels=8");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--channels and --latent-channels are those of");
  }

  @Test
  void what_is_no_corpus_is_refused() {
    Run refused =
        Run.songe("train", "autoencoder", runs.toString(), runs.resolve("run").toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(runs.resolve("run")).doesNotExist();
  }

  @Test
  void help_tells_the_values_that_the_recipe_has() {
    String help = Run.songe("train", "autoencoder", "--help").out().replaceAll("\\s+", " ");

    AutoencoderRecipe usual = AutoencoderRecipe.USUAL;
    assertThat(help)
        .contains("(default: %d)".formatted(usual.steps()))
        .contains("in a step (default: %d)".formatted(usual.batch()))
        .contains("multiple of 16 (default: %d)".formatted(usual.crop()))
        .contains(String.format(Locale.ROOT, "rate (default: %s)", usual.rate()))
        .contains("network (default: %d)".formatted(usual.channels()))
        .contains("latent (default: %d)".formatted(usual.latentChannels()))
        .contains("chance (default: %d)".formatted(usual.seed()))
        .contains("states (default: %d)".formatted(TrainingEffort.USUAL.saveEvery().toSeconds()))
        .contains("end (default: %d)".formatted(TrainingEffort.USUAL.sheetEvery()));
  }
}
