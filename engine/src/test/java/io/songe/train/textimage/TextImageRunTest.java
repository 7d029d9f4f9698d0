package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.StoredTokenizer;
import io.songe.data.Corpus;
import io.songe.data.CorpusPicture;
import io.songe.data.CorpusWriter;
import io.songe.data.Drawing;
import io.songe.data.Groups;
import io.songe.data.TestCorpus;
import io.songe.diffusion.Prediction;
import io.songe.error.InvalidRequestException;
import io.songe.format.JsonConfig;
import io.songe.image.Png;
import io.songe.model.HiddenLayer;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.train.AdamW;
import io.songe.train.LearningRate;
import io.songe.train.Muon;
import io.songe.train.Optimizer;
import io.songe.train.Trainer.Outcome;
import io.songe.train.TrainingOptions;
import io.songe.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextImageRunTest {
  private static final Path TINY = Path.of("src/test/resources/golden/tiny/model");
  private static final int STEPS = 8;

  private final int threads = Backend.threads();

  @TempDir Path folder;
  private Corpus corpus;
  private AutoencoderFolder autoencoder;

  @BeforeEach
  void open() {
    Backend.setThreads(1);
    corpus = TestCorpus.open(folder.resolve("corpus"), 32, 4);
    autoencoder = AutoencoderFolder.open(TINY, DType.FLOAT32);
  }

  @AfterEach
  void close() {
    autoencoder.close();
    corpus.close();
    Backend.setThreads(threads);
  }

  private static TextImagePlan plan(Condition condition, Prediction prediction, int words) {
    return plan(condition, prediction, words, AdamW.Options.USUAL);
  }

  private static TextImagePlan plan(
      Condition condition, Prediction prediction, int words, Optimizer.Options optimizer) {
    return new TextImagePlan(
        new LatentPlan(condition, 32, 20, 2, LatentPlan.usualShares(condition), Groups.all(), 1),
        new TextImageSizes(List.of(32, 32), List.of(false, true), 16, 1),
        words,
        new TextToImageOptions(
            TextImagePlan.scheduler(prediction, false),
            new SnrWeighting.Capped(5),
            new LevelDensity.Even(),
            4,
            1,
            .1,
            1,
            DType.FLOAT32),
        new TrainingOptions(
            new LearningRate(1e-3, 2, STEPS, .5, .1),
            optimizer,
            .9,
            1,
            2,
            Duration.ofMinutes(4),
            0,
            Optional.empty()));
  }

  private TextImageMaterials materials() {
    return new TextImageMaterials(
        corpus, autoencoder, StoredTokenizer.open(TINY), Optional.empty());
  }

  private TextImageRun run(String name, TextImagePlan plan) {
    return run(name, plan, materials());
  }

  private TextImageRun run(String name, TextImagePlan plan, TextImageMaterials materials) {
    return new TextImageRun(
        plan,
        materials,
        folder.resolve(name),
        folder.resolve("latents-" + plan.latents().condition()),
        new TextImageRun.Settings("toy", "CC0-1.0", DType.FLOAT32),
        1);
  }

  /** Is told how it goes, and does nothing. */
  private static class Listening implements TextImageRun.Listener {
    @Override
    public void encoded(int done, int count) {}

    @Override
    public void words(TrainingProgress progress) {}

    @Override
    public void drawing(TrainingProgress progress) {}
  }

  /** Interrupts whoever waits for the training, at the first step, and gives way until it knows. */
  private static final class Interrupting extends Listening {
    private final Thread waiting = Thread.currentThread();
    private boolean done;

    @Override
    public void drawing(TrainingProgress progress) {
      if (done || !(progress instanceof TrainingProgress.Step)) {
        return;
      }
      done = true;
      waiting.interrupt();
      try {
        while (waiting.isInterrupted()) {
          Thread.sleep(1);
        }
        Thread.sleep(50);
      } catch (InterruptedException unexpected) {
        throw new IllegalStateException(unexpected);
      }
    }
  }

  private static Outcome train(TextImageRun run, boolean resume) {
    return run.train(resume, (_, _) -> {}, new Listening());
  }

  /** Losses and rates of all steps, without what depends on the clock. */
  private List<String> curve(String run) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.csv"))) {
      String[] cells = line.split(",", -1);
      rows.add(cells[0] + " " + cells[3] + " " + cells[4] + " " + cells[5]);
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void a_run_makes_a_model_that_can_be_opened(Condition condition) {
    TextImageRun run = run("run", plan(condition, new Prediction.Velocity(), 3));

    Outcome outcome = train(run, false);

    assertThat(outcome).isEqualTo(Outcome.FINISHED);
    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32)) {
      assertThat(model.card().name()).isEqualTo("toy");
      assertThat(model.card().licence()).isEqualTo("CC0-1.0");
      assertThat(model.card().side()).isEqualTo(32);
      assertThat(model.card().styles()).hasSize(condition == Condition.TEXT ? 4 : 0);
      assertThat(model.scheduler().prediction()).isEqualTo(new Prediction.Velocity());
      model.requireUndamaged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_run_says_what_captions_save(Condition condition) throws IOException {
    train(run("run", plan(condition, new Prediction.Velocity(), 3)), false);

    Path figures = folder.resolve("run/figures.csv");
    if (condition == Condition.NONE) {
      assertThat(figures).doesNotExist();
    } else {
      List<String> lines = Files.readAllLines(figures);
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst())
          .endsWith(",saved_by_caption_at_500,saved_by_caption_at_700,saved_by_caption_at_900");
      assertThat(lines.getLast()).startsWith(STEPS + ",");
    }
  }

  @Test
  void transformers_reads_the_text_encoder_in_the_type_in_which_diffusers_reads_the_rest() {
    TextImageRun run = run("run", plan(Condition.TEXT, new Prediction.Velocity(), 0));
    train(run, false);

    JsonConfig config = JsonConfig.read(run.model().resolve("text_encoder").resolve("config.json"));

    assertThat(config.string("dtype")).isEqualTo("float32");
    assertThat(config.integer("bos_token_id")).isEqualTo(config.integer("vocab_size") - 2);
    assertThat(config.integer("eos_token_id")).isEqualTo(config.integer("vocab_size") - 1);
    assertThat(config.integer("pad_token_id")).isEqualTo(config.integer("eos_token_id"));
  }

  @Test
  void a_flow_is_exported_as_one() {
    TextImageRun run = run("run", plan(Condition.TEXT, new Prediction.Flow(), 0));

    train(run, false);

    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32)) {
      assertThat(model.scheduler().isFlow()).isTrue();
    }
  }

  @Test
  void latents_of_the_exported_autoencoder_have_a_standard_deviation_of_1() {
    TextImageRun run = run("run", plan(Condition.TEXT, new Prediction.Velocity(), 0));
    train(run, false);

    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32);
        Scope _ = Scope.open()) {
      List<Tensor> encoded = new ArrayList<>();
      CaptionedPicture.Row row = run.plan().latents().row(corpus);
      for (int i = 0; i < 20; i++) {
        encoded.add(
            model.autoencoder().encode(io.songe.image.ImageTensors.toTensor(row.at(i).image(), 3)));
      }
      assertThat(Tensor.concat(encoded, 0).reshape(-1).std(0).item())
          .isCloseTo(1, org.assertj.core.api.Assertions.within(.01));
    }
  }

  private static List<Optimizer.Options> optimizers() {
    return List.of(AdamW.Options.USUAL, Muon.Options.usual(DType.FLOAT32));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void an_interrupted_run_goes_on_as_if_it_had_not_been(Optimizer.Options optimizer)
      throws IOException {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 3, optimizer);
    train(run("whole", plan), false);

    Outcome first = run("parts", plan).train(false, (_, _) -> {}, new Interrupting());
    boolean interrupted = Thread.interrupted();
    boolean model = Files.exists(run("parts", plan).model());
    Outcome second = train(run("parts", plan), true);

    assertThat(first).isEqualTo(Outcome.INTERRUPTED);
    assertThat(interrupted).isTrue();
    assertThat(model).isTrue();
    assertThat(second).isEqualTo(Outcome.FINISHED);
    assertThat(curve("parts")).hasSize(STEPS + 1).isEqualTo(curve("whole"));
    assertThat(run("parts", plan).model().resolve("unet/diffusion_pytorch_model.safetensors"))
        .hasSameBinaryContentAs(
            run("whole", plan).model().resolve("unet/diffusion_pytorch_model.safetensors"));
  }

  @Test
  void the_time_of_making_latents_counts() {
    TextImagePlan usual = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    LatentPlan few = usual.latents();
    TrainingOptions endless = usual.training();
    TextImagePlan plan =
        new TextImagePlan(
            new LatentPlan(
                few.condition(),
                few.side(),
                LatentShards.IN_A_SHARD + 1,
                few.captions(),
                few.shares(),
                few.groups(),
                few.seed()),
            usual.sizes(),
            0,
            usual.learning(),
            new TrainingOptions(
                endless.rate(),
                endless.optimizer(),
                endless.averaging(),
                endless.clip(),
                endless.parts(),
                endless.saveEvery(),
                endless.sheetEvery(),
                Optional.of(Duration.ofMillis(1))));
    TextImageRun run = run("run", plan);

    assertThat(train(run, false)).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(run.model()).doesNotExist();

    assertThat(train(run, true)).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(run.model()).exists();
  }

  @Test
  void a_finished_model_can_be_trained_on() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    TextImageRun run = run("run", plan);
    train(run, false);

    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32)) {
      TextImageMaterials from =
          new TextImageMaterials(
              corpus, autoencoder, StoredTokenizer.of(model), Optional.of(model.parts()));
      try (TextImageNetworks networks = from.networks(plan);
          Scope _ = Scope.open()) {
        Tensor ids = Tensor.of(new long[] {1, 2, 3}, 1, 3);
        Tensor features =
            networks
                .textEncoder(DType.FLOAT32)
                .encode(ends(ids, networks), HiddenLayer.last())
                .tokens();

        assertThat(features.toFloats())
            .containsExactly(
                model
                    .textTowers()
                    .getFirst()
                    .encoder()
                    .encode(ends(ids, networks), HiddenLayer.last())
                    .tokens()
                    .toFloats(),
                org.assertj.core.api.Assertions.within(1e-5f));
      }
      assertThat(train(run("more", plan, from), false)).isEqualTo(Outcome.FINISHED);
    }
  }

  @Test
  void a_model_cannot_go_on_to_learn_another_prediction() {
    TextImageRun run = run("run", plan(Condition.TEXT, new Prediction.Velocity(), 0));
    train(run, false);

    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32)) {
      TextImageMaterials from =
          new TextImageMaterials(
              corpus, autoencoder, StoredTokenizer.of(model), Optional.of(model.parts()));
      TextImageRun other = run("more", plan(Condition.TEXT, new Prediction.Epsilon(), 0), from);

      assertThatThrownBy(() -> train(other, false))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("predicts Velocity")
          .hasMessageContaining("learn Epsilon");
    }
  }

  @Test
  void a_tokenizer_that_is_too_large_for_the_model_to_begin_from_is_refused() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    TextImageRun run = run("run", plan);
    train(run, false);

    try (Checkpoint model = Checkpoint.open(run.model(), DType.FLOAT32)) {
      StoredTokenizer larger =
          StoredTokenizer.open(Path.of("src/test/resources/golden/tokenizer/mini"));
      TextImageMaterials from =
          new TextImageMaterials(corpus, autoencoder, larger, Optional.of(model.parts()));

      assertThatThrownBy(() -> train(run("more", plan, from), false))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("of " + larger.tokenizer().vocabularySize() + " tokens");
    }
  }

  /** The last of three tokens is the end of the text. */
  private static Tensor ends(Tensor ids, TextImageNetworks networks) {
    long[] tokens = ids.toLongs();
    tokens[2] =
        ((io.songe.model.clip.ClipTextConfig.EndOfText.FirstOf) networks.textConfig().end()).id();
    return Tensor.of(tokens, 1, 3);
  }

  @Test
  void the_preview_is_drawn_with_the_model_as_it_is() {
    List<Path> drawn = new ArrayList<>();

    TextImageRun run = run("run", plan(Condition.TEXT, new Prediction.Velocity(), 0));
    run.train(
        false,
        (model, file) -> {
          Checkpoint.open(model, DType.FLOAT32).close();
          drawn.add(file);
        },
        new Listening());

    assertThat(drawn).containsExactly(folder.resolve("run/sheets/step-000008.png"));
  }

  @Test
  void words_are_learned_only_where_several_drawings_show_one_thing() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 2);
    train(run("several", plan), false);
    List<CorpusPicture> alone = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Drawing drawing = corpus.drawings().get(i);
      alone.add(
          new CorpusPicture(
              i,
              new Drawing(
                  drawing.key(),
                  drawing.key(),
                  "",
                  "",
                  drawing.captions(),
                  drawing.licence(),
                  drawing.source()),
              new Png(corpus.picture(i)).encode()));
    }
    Path own = folder.resolve("own");
    CorpusWriter writer = CorpusWriter.begin(own, 32, new TreeMap<>());
    writer.finish(List.of(writer.write(0, "", alone, List.of())), List.of());

    try (Corpus pictures = Corpus.open(own)) {
      var materials =
          new TextImageMaterials(
              pictures, autoencoder, StoredTokenizer.open(TINY), Optional.empty());
      TextImageRun run =
          new TextImageRun(
              plan,
              materials,
              folder.resolve("alone"),
              folder.resolve("alone/latents"),
              new TextImageRun.Settings("toy", "CC0-1.0", DType.FLOAT32),
              1);
      train(run, false);
    }

    assertThat(folder.resolve("several/words")).exists();
    assertThat(folder.resolve("alone/words")).doesNotExist();
    assertThat(folder.resolve("alone/model")).exists();
  }

  @Test
  void a_step_that_cannot_be_divided_evenly_is_refused() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    TrainingOptions usual = plan.training();
    TrainingOptions three =
        new TrainingOptions(
            usual.rate(), usual.optimizer(), .9, 1, 3, usual.saveEvery(), 0, Optional.empty());

    assertThatThrownBy(
            () -> new TextImagePlan(plan.latents(), plan.sizes(), 0, plan.learning(), three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 pictures cannot be divided into 3 equal parts");
  }

  @Test
  void a_side_that_does_not_divide_the_corpuss_is_refused() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    LatentPlan of24 =
        new LatentPlan(Condition.TEXT, 24, 20, 2, plan.latents().shares(), Groups.all(), 1);
    TextImageRun run =
        run("run", new TextImagePlan(of24, plan.sizes(), 0, plan.learning(), plan.training()));

    assertThatThrownBy(() -> train(run, false))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("side 32")
        .hasMessageContaining("24");
    assertThat(run.folder()).doesNotExist();
  }

  @Test
  void a_side_that_the_levels_cannot_halve_is_refused() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    TextImageSizes four =
        new TextImageSizes(List.of(32, 32, 32, 32), List.of(false, false, false, true), 16, 1);
    TextImageRun run =
        run("run", new TextImagePlan(plan.latents(), four, 0, plan.learning(), plan.training()));

    assertThatThrownBy(() -> train(run, false))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("multiple of 64, got 32");
  }

  @Test
  void a_run_of_another_corpus_is_refused() {
    TextImagePlan plan = plan(Condition.TEXT, new Prediction.Velocity(), 0);
    train(run("run", plan), false);
    try (Corpus other = TestCorpus.open(folder.resolve("other"), 32, 5)) {
      var changed =
          new TextImageMaterials(other, autoencoder, StoredTokenizer.open(TINY), Optional.empty());

      assertThatThrownBy(() -> train(run("run", plan, changed), true))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("another configuration")
          .hasMessageContaining("corpus is");
    }
  }
}
