package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelCard;
import io.songe.data.compose.Composition;
import io.songe.data.source.CorpusBuild;
import io.songe.data.source.Framing;
import io.songe.data.source.ShapeDrawings;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.model.unet.UNetConfig;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.train.AdamW;
import io.songe.train.textimage.SnrWeighting;
import io.songe.train.textimage.TextImagePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainDiffusionCommandTest {
  private static final int THREADS = Backend.threads();

  @TempDir private static Path folder;
  @TempDir private Path runs;

  @BeforeAll
  static void build() {
    new CorpusBuild(64, Framing.MARGIN)
        .run(ShapeDrawings.of(4), folder.resolve("corpus"), (_, _) -> {});
  }

  @AfterAll
  static void use_all_threads() {
    Backend.setThreads(THREADS);
  }

  /**
   * A command with the bundled model's autoencoder and tokenizer, on one thread.
   *
   * @param more options, each with its value, which stand in place of the usual ones
   */
  private List<String> command(String run, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--autoencoder", "=songe-mini");
    options.put("--tokenizer", "=songe-mini");
    options.put("--latents", "=" + folder.resolve("latents"));
    options.put("--threads", "=1");
    options.put("--samples", "=32");
    options.put("--batch", "=16");
    options.put("--word-steps", "=2");
    options.put("--smoke", "");
    return TrainingCommandLine.of(
        "diffusion", folder.resolve("corpus"), runs.resolve(run), options, more);
  }

  private Run train(String run, String... more) {
    return Run.songe(command(run, more).toArray(String[]::new));
  }

  /** Losses and rates of all steps, without what depends on the clock. */
  private List<String> curve(String run) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(runs.resolve(run).resolve("metrics.csv"))) {
      String[] cells = line.split(",", -1);
      rows.add(String.join(" ", cells[0], cells[3], cells[4], cells[5], cells[6]));
    }
    return rows;
  }

  @Test
  void a_training_ends_with_a_model_that_draws() {
    Run trained = train("run", "--steps=5");

    Path model = runs.resolve("run/model");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).isEqualTo("The model is " + model + ".\n");
    assertThat(trained.err())
        .contains("samples drawn: " + runs.resolve("run/sheets/step-000005.png"));
    Run drawn =
        Run.songe(
            "imagine", "red", "--model", model.toString(), "--out", runs + "/red.png", "--steps=2");
    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(Png.read(runs.resolve("red.png"), PngLimits.DEFAULT).image().width()).isEqualTo(64);
  }

  @Test
  void sheets_show_phrases_of_a_file() throws IOException {
    Path phrases = runs.resolve("phrases.txt");
    Files.writeString(phrases, "red circle\n\nun cercle bleu (grand)\n");

    Run trained = train("run", "--steps=2", "--prompts=" + phrases);

    assertThat(trained.code()).as(trained.err()).isZero();
    var sheet = Png.read(runs.resolve("run/sheets/step-000002.png"), PngLimits.DEFAULT).image();
    assertThat(sheet.width()).isEqualTo(4 + 64 + 4 + 64 + 4);
    assertThat(sheet.height()).isEqualTo(4 + 64 + 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "none"})
  void a_model_can_be_told_a_class_or_nothing(String condition) {
    Run trained =
        train("run", "--steps=2", "--condition=" + condition, "--latents=" + runs + "/latents");

    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(runs.resolve("run/model/model_index.json")).exists();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_training_that_was_killed_goes_on_as_if_it_had_not_been() throws Exception {
    train("whole", "--steps=60");
    List<String> child =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    child.addAll(command("killed", "--steps=60", "--save-every=1"));
    Process process =
        new ProcessBuilder(child)
            .redirectErrorStream(true)
            .redirectOutput(runs.resolve("child.txt").toFile())
            .start();
    Path state = runs.resolve("killed/state.safetensors");
    for (int i = 0; i < 6000 && process.isAlive() && !Files.exists(state); i++) {
      Thread.sleep(10);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(runs.resolve("child.txt")))
        .isEqualTo(128 + 9);

    Run resumed = train("killed", "--steps=60", "--resume");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(curve("killed")).hasSize(61).isEqualTo(curve("whole"));
  }

  @Test
  void the_bundled_model_can_be_trained_on_and_knows_much_already() throws IOException {
    Run trained = train("run", "--from=songe-mini", "--steps=2", "--batch=32", "--rate=1e-5");

    assertThat(trained.code()).as(trained.err()).isZero();
    double first = Double.parseDouble(curve("run").get(1).split(" ", -1)[2]);
    assertThat(first).isLessThan(.6); // about 1 where nothing is known
    assertThat(ModelCard.read(runs.resolve("run/model")).side()).isEqualTo(64);
  }

  @Test
  void a_model_can_be_grown_to_pictures_of_twice_the_side() {
    train("small", "--steps=2", "--side=32", "--latents=" + runs + "/latents");
    Path small = runs.resolve("small/model");

    Run trained = train("run", "--steps=2", "--from=" + small, "--grow");

    assertThat(trained.code()).as(trained.err()).isZero();
    Path model = runs.resolve("run/model");
    assertThat(ModelCard.read(model).side()).isEqualTo(64);
    try (Checkpoint before = Checkpoint.open(small, DType.FLOAT32);
        Checkpoint after = Checkpoint.open(model, DType.FLOAT32)) {
      assertThat(before.parts().unet().config().levels()).hasSize(2);
      assertThat(after.parts().unet().config().levels()).hasSize(3);
    }
    Run drawn =
        Run.songe(
            "imagine", "red", "--model", model.toString(), "--out", runs + "/red.png", "--steps=2");
    assertThat(drawn.code()).as(drawn.err()).isZero();
  }

  @Test
  void a_model_can_attend_to_the_text_at_more_levels() {
    train("first", "--steps=2");

    Run trained = train("run", "--steps=2", "--from=" + runs + "/first/model", "--attend=1,1");

    assertThat(trained.code()).as(trained.err()).isZero();
    try (Checkpoint before = Checkpoint.open(runs.resolve("first/model"), DType.FLOAT32);
        Checkpoint after = Checkpoint.open(runs.resolve("run/model"), DType.FLOAT32)) {
      assertThat(before.parts().unet().config().levels().getFirst().attention())
          .isInstanceOf(UNetConfig.Attention.None.class);
      assertThat(after.parts().unet().config().levels().getFirst().attention())
          .isInstanceOf(UNetConfig.Attention.Transformer.class);
    }
  }

  /** A new model predicts v, which zero terminal SNR needs; what one begins from stays as it is. */
  @ParameterizedTest
  @CsvSource({
    "'', true, trailing",
    "--no-zero-terminal-snr, false, leading",
    "--prediction=epsilon, false, leading",
    "--from=PUBLISHED, false, leading",
    "--from=PUBLISHED --zero-terminal-snr, true, trailing"
  })
  void noise_ends_in_noise_alone_unless_one_says_otherwise(
      String options, boolean zero, String spacing) throws IOException {
    List<String> asked = new ArrayList<>(List.of("--steps=1"));
    if (options.contains("PUBLISHED")) {
      train("published", "--steps=1", "--no-zero-terminal-snr");
    }
    for (String option : options.split(" ", -1)) {
      if (!option.isEmpty()) {
        asked.add(option.replace("PUBLISHED", runs.resolve("published/model").toString()));
      }
    }

    Run trained = train("run", asked.toArray(String[]::new));

    assertThat(trained.code()).as(trained.err()).isZero();
    try (Checkpoint model = Checkpoint.open(runs.resolve("run/model"), DType.FLOAT32)) {
      assertThat(model.scheduler().zeroTerminalSignal()).isEqualTo(zero);
      assertThat(model.scheduler().spacing().toString()).isEqualToIgnoringCase(spacing);
      assertThat(model.card().guidanceRescale()).isEqualTo(zero ? 0.7 : 0);
    }
    assertThat(Files.readString(runs.resolve("run/config.json")).contains("zero_terminal_snr"))
        .isEqualTo(zero);
  }

  @Test
  void a_run_that_is_there_is_not_begun_again() {
    train("run", "--steps=2");

    Run again = train("run", "--steps=2");

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("holds a run already, of 2 steps");
  }

  @Test
  void other_options_are_not_gone_on_with() {
    train("run", "--steps=2");

    Run other = train("run", "--steps=2", "--batch=8", "--resume");

    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("batch is 8, was 16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--condition=words | --condition is text, class or none, got words",
        "--prediction=x0 | --prediction is v, epsilon or flow, got x0",
        "--channels=32,40 | the channels of a level are 32 or a multiple of 64, got 40",
        "--channels=32,a | --channels",
        "--attend=0,0,1 | as many marks of attention as levels",
        "--dropout=2 | the part of captions that is left out is between 0 and 1, got 2.0",
        "--ema=1 | averaging is at least 0 and below 1, got 1.0",
        "--clip=0 | the bound of clipping is above 0, got 0.0",
        "--prediction=flow --no-zero-terminal-snr | the last noise level of a flow is always noise",
        "--prediction=epsilon --zero-terminal-snr | a zero terminal SNR needs the prediction v, got epsilon",
        "--snr-cap=-1 | the cap of the signal-to-noise ratio is above 0, got -1.0",
        "--noise-levels=0.6 | --noise-levels",
        "--noise-levels=0.6,0 | a deviation above 0, got 0.6 and 0.0",
        "--optimizer=sgd | --optimizer is adamw or muon, got sgd",
        "--grow | --grow needs a model to begin from; name it with --from",
        "--looks=3 | a step of 16 samples cannot show each picture 3 times",
        "--rate=fast | --rate",
        "--minutes=0 | --minutes is above 0, got 0",
        "--side=48 | cannot be shrunk to 48 by whole pixels",
        "--groups=birds | the corpus has no drawings of the group birds; its groups are",
        "--composed=1.5 | the part of the pictures that are composed is from 0 to 1, got 1.5",
        "--from=songe-mini --channels=64,128 | are those of the model in --from; leave them out",
        "--from=songe-mini --text-layers=2 | are those of the model in --from; leave them out",
        "--from=songe-mini --attend=0,1,1,0 | none may cease to, got 0,1,1,0",
        "--composed=few | --composed",
        "--composed=recoloured=0.7,small=0.4 | together at most 1, got {RECOLOURED=0.7, SMALL=0.4}",
        "--composed=recoloured=-0.1 | at least 0",
        "--composed=recoloured=much | --composed takes a number, got \"much\"",
        "--composed=recoloured=0.1,drawn=0.2 | such as recoloured=0.15,background=0.2, got \"drawn=0.2\"",
        "--composed=small=0.1,small=0.2 | got \"small=0.2\"",
        "--composed=plain=0.5 | got \"plain=0.5\"",
        "--composed=small=0.1, | got \"\"",
        "--samples=0 | latents are of at least 1 picture",
        "--storage=int4 | int4",
        "--accumulate=3 | a step of 16 pictures cannot be divided into 3 equal parts",
        "--prompts=nowhere.txt | nowhere.txt",
        "--tokenizer=nowhere | nowhere",
      })
  void what_cannot_be_is_refused_before_any_work(String option, String reason) {
    List<String> options = new ArrayList<>(List.of("--steps=2"));
    options.addAll(List.of(option.split(" ", -1)));

    Run run = train("run", options.toArray(String[]::new));

    assertThat(run.code()).as(run.err()).isIn(2, 3);
    assertThat(run.err()).contains(reason).hasLineCount(1);
    assertThat(runs.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"en, default: ", "fr, par défaut : "})
  void the_help_tells_the_usual_values(String language, String before) {
    TextImagePlan usual = TextImagePlan.usual();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("--steps", usual.training().rate().total());
    values.put("--batch", usual.learning().batch());
    values.put("--accumulate", usual.training().parts());
    values.put("--samples", usual.latents().count());
    values.put(
        "--composed", 1 - usual.latents().shares().getOrDefault(Composition.Kind.PLAIN, 0.0));
    values.put("--captions", usual.latents().captions());
    values.put("--channels", joined(usual.sizes().channels()));
    values.put(
        "--attend", joined(usual.sizes().attends().stream().map(each -> each ? 1 : 0).toList()));
    values.put("--text-width", usual.sizes().textWidth());
    values.put("--text-layers", usual.sizes().textLayers());
    values.put("--word-steps", usual.words());
    values.put("--snr-cap", 0);
    values.put("--looks", usual.learning().looks());
    values.put("--optimizer", "adamw");
    values.put("--rate", usual.training().rate().peak());
    values.put("--warm-up", usual.training().rate().warmUp());
    values.put("--dropout", usual.learning().dropout());
    values.put("--ema", usual.training().averaging());
    values.put("--clip", (int) usual.training().clip());
    values.put("--seed", usual.learning().seed());
    values.put("--save-every", usual.training().saveEvery().toSeconds());
    values.put("--sheet-every", usual.training().sheetEvery());

    Run help = new Run.Setting().in(Locale.of(language)).run("train", "diffusion", "--help");
    String text = help.out().replaceAll("\\s+", " ");

    assertThat(usual.learning().weighting()).isEqualTo(new SnrWeighting.Even());
    assertThat(usual.training().optimizer()).isInstanceOf(AdamW.Options.class);
    assertThat(values)
        .allSatisfy((option, value) -> {
          int at = text.indexOf(" " + option + "=");
          int next = text.indexOf(" --", at + option.length());
          assertThat(text.substring(at, next)).contains(before.strip() + " " + value + ")");
        });
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Test
  void without_a_corpus_there_is_no_training() {
    Run run =
        Run.songe(
            "train",
            "diffusion",
            runs.resolve("nothing").toString(),
            runs.resolve("run").toString(),
            "--autoencoder",
            "songe-mini");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no such folder");
  }
}
