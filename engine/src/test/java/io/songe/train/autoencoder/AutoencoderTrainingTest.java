package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.TinyModel;
import io.songe.data.Corpus;
import io.songe.data.TestCorpus;
import io.songe.error.InvalidRequestException;
import io.songe.format.JsonConfig;
import io.songe.format.SafetensorsFile;
import io.songe.image.ImageTensors;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.train.Trainer.Outcome;
import io.songe.train.TrainingProgress;
import io.songe.train.autoencoder.AutoencoderTraining.Event;
import io.songe.train.autoencoder.AutoencoderTraining.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderTrainingTest {
  private static final int THREADS = Backend.threads();
  private static final int SIDE = 32;
  private static final String WEIGHTS = "vae/diffusion_pytorch_model.safetensors";

  /** So small work takes longer on two threads, and much longer beside other work. */
  @BeforeAll
  static void use_one_thread() {
    Backend.setThreads(1);
  }

  @AfterAll
  static void use_all_threads() {
    Backend.setThreads(THREADS);
  }

  @TempDir Path temporary;
  private Corpus corpus;

  @BeforeEach
  void open() {
    corpus = TestCorpus.open(temporary.resolve("corpus"), SIDE, 6);
  }

  @AfterEach
  void close() {
    corpus.close();
  }

  private static AutoencoderRecipe recipe(long steps) {
    return new AutoencoderRecipe(
        8, 4, steps, 4, 16, 3e-3, Optional.of(steps / 2), Learned.WHOLE, 1, DType.FLOAT32);
  }

  private static AutoencoderRecipe decoder(long steps) {
    return new AutoencoderRecipe(
        8, 4, steps, 4, 16, 3e-3, Optional.empty(), Learned.DECODER, 1, DType.FLOAT32);
  }

  private static TrainingEffort effort(boolean resume) {
    return new TrainingEffort(resume, Optional.empty(), Duration.ofMinutes(5), 0);
  }

  private Result train(String run, AutoencoderRecipe recipe) {
    return train(run, recipe, effort(false), _ -> {});
  }

  private Result train(
      String run, AutoencoderRecipe recipe, TrainingEffort effort, Consumer<Event> listener) {
    return AutoencoderTraining.train(
        corpus, temporary.resolve(run), recipe, Optional.empty(), effort, listener);
  }

  private double deviation(Path folder) {
    double sum = 0;
    double squares = 0;
    Pictures pictures = Pictures.of(corpus);
    try (AutoencoderFolder opened = AutoencoderFolder.open(folder, DType.FLOAT32)) {
      for (int number : pictures.training()) {
        try (Scope _ = Scope.open()) {
          var latent = opened.network().encode(ImageTensors.toTensor(corpus.picture(number), 4));
          sum += latent.mean().item() / pictures.training().size();
          squares += latent.square().mean().item() / pictures.training().size();
        }
      }
    }
    return Math.sqrt(squares - sum * sum);
  }

  @Test
  void a_run_leaves_an_autoencoder_its_figures_and_a_sheet() throws IOException {
    List<Event> events = new ArrayList<>();
    Result result = train("run", recipe(6), effort(false), events::add);

    Path run = temporary.resolve("run");
    assertThat(result.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(events).anyMatch(Event.Judged.class::isInstance);
    ImageQuality quality = result.quality().orElseThrow();
    JsonConfig json = JsonConfig.read(run.resolve("quality.json"));
    assertThat(json.number("psnr")).isEqualTo(quality.psnr());
    assertThat(json.number("ssim")).isEqualTo(quality.ssim());
    assertThat(json.number("edge_error")).isEqualTo(quality.edgeError());
    try (Stream<Path> sheets = Files.list(run.resolve("sheets"))) {
      Path sheet = sheets.toList().getFirst();
      assertThat(json.object("sheets").keys()).containsExactly(String.valueOf(sheet.getFileName()));
      // original, copy and difference of two drawings in a row
      assertThat(Png.read(sheet, PngLimits.DEFAULT).image().width()).isEqualTo(6 * SIDE + 7 * 2);
    }
  }

  @Test
  void latents_of_the_finished_autoencoder_have_a_deviation_of_1() {
    train("run", recipe(6));

    assertThat(deviation(temporary.resolve("run"))).isCloseTo(1, Offset.offset(1e-3));
  }

  @Test
  void the_same_recipe_makes_the_same_autoencoder() {
    train("one", recipe(4));
    train("two", recipe(4));

    assertThat(temporary.resolve("one").resolve(WEIGHTS))
        .hasSameBinaryContentAs(temporary.resolve("two").resolve(WEIGHTS));
  }

  @Test
  void a_run_that_is_gone_on_with_ends_as_one_that_never_stopped() {
    train("whole", recipe(6));
    Result stopped =
        train(
            "parts",
            recipe(6),
            new TrainingEffort(false, Optional.of(Duration.ofNanos(1)), Duration.ofMinutes(5), 0),
            _ -> {});

    Result finished = train("parts", recipe(6), effort(true), _ -> {});

    assertThat(stopped.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(stopped.quality()).isPresent();
    assertThat(finished.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(temporary.resolve("parts").resolve(WEIGHTS))
        .hasSameBinaryContentAs(temporary.resolve("whole").resolve(WEIGHTS));
  }

  @Test
  void an_interrupted_run_saves_and_can_be_gone_on_with() {
    List<Long> saved = new ArrayList<>();
    Thread caller = Thread.currentThread();
    TrainingEffort judgedOften =
        new TrainingEffort(false, Optional.empty(), Duration.ofMinutes(5), 1);
    Result result =
        train(
            "run",
            recipe(50),
            judgedOften,
            event -> {
              switch (event) {
                case Event.Judged _ -> caller.interrupt();
                case Event.Trained(TrainingProgress.Saved(long step)) -> saved.add(step);
                case Event.Trained _ -> {}
              }
            });
    boolean stillInterrupted = Thread.interrupted();

    assertThat(stillInterrupted).isTrue();
    assertThat(result).isEqualTo(new Result(Outcome.INTERRUPTED, Optional.empty()));
    assertThat(saved).hasSize(1).allMatch(step -> step < 50);
    assertThat(temporary.resolve("run").resolve("vae")).doesNotExist();
    assertThat(train("run", recipe(50), effort(true), _ -> {}).outcome())
        .isEqualTo(Outcome.FINISHED);
  }

  @Test
  void a_decoder_that_is_trained_further_takes_the_latents_that_there_are() {
    train("first", recipe(4));
    AutoencoderTraining.train(
        corpus,
        temporary.resolve("second"),
        decoder(4),
        Optional.of(temporary.resolve("first")),
        effort(false),
        _ -> {});

    try (AutoencoderFolder first =
            AutoencoderFolder.open(temporary.resolve("first"), DType.FLOAT32);
        AutoencoderFolder second =
            AutoencoderFolder.open(temporary.resolve("second"), DType.FLOAT32)) {
      assertThat(second.config()).isEqualTo(first.config());
      first
          .part()
          .tensors()
          .forEach((name, tensor) -> {
            boolean same =
                Objects.requireNonNull(second.part().tensors().get(name))
                        .data()
                        .mismatch(tensor.data())
                    < 0;
            assertThat(same).as(name).isEqualTo(name.startsWith("encoder."));
          });
    }
  }

  @Test
  void an_autoencoder_is_trained_further_from_what_it_was() {
    train("first", recipe(4));
    Path first = temporary.resolve("first");
    AutoencoderRecipe further =
        new AutoencoderRecipe(
            64, 8, 1, 4, 16, 1e-9, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32);

    AutoencoderTraining.train(
        corpus, temporary.resolve("second"), further, Optional.of(first), effort(false), _ -> {});

    try (SafetensorsFile one = SafetensorsFile.open(first.resolve(WEIGHTS));
        SafetensorsFile two = SafetensorsFile.open(temporary.resolve("second").resolve(WEIGHTS));
        Scope _ = Scope.open()) {
      for (String name : one.names()) {
        assertThat(two.get(name).toTensor().toFloats())
            .as(name)
            .containsExactly(one.get(name).toTensor().toFloats(), Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void an_autoencoder_of_another_kind_is_not_trained_further() {
    Path kl = TinyModel.family("sd1").folder();

    assertThatThrownBy(() -> StartingPoint.of(kl))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("AutoencoderKL");
  }

  @Test
  void squares_larger_than_the_pictures_are_refused_before_anything_is_written() {
    AutoencoderRecipe large =
        new AutoencoderRecipe(
            8, 4, 4, 4, 48, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32);

    assertThatThrownBy(() -> train("run", large))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "squares to learn from have sides that are multiples of 16 and at most 32, which the"
                + " pictures have, got 48");
    assertThat(temporary.resolve("run")).doesNotExist();
  }

  @Test
  void a_decoder_alone_needs_an_autoencoder() {
    assertThatThrownBy(() -> train("run", decoder(4)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a decoder alone");
    assertThat(temporary.resolve("run")).doesNotExist();
  }

  @Test
  void a_corpus_of_one_concept_is_refused() {
    try (Corpus single = TestCorpus.open(temporary.resolve("single"), SIDE, 1)) {
      assertThatThrownBy(() ->
              AutoencoderTraining.train(
                  single,
                  temporary.resolve("run"),
                  recipe(4),
                  Optional.empty(),
                  effort(false),
                  _ -> {}))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("one of another concept to be judged by, got 0 and 4");
    }
  }

  @Test
  void another_recipe_does_not_go_on_with_a_run() {
    train("run", recipe(4));

    assertThatThrownBy(() -> train("run", recipe(8), effort(true), _ -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("training.steps");
  }

  @Test
  void recipes_out_of_range_are_refused() {
    for (var wrong :
        Arrays.<Runnable>asList(
            () -> recipe(0),
            () ->
                new AutoencoderRecipe(
                    4, 4, 4, 4, 16, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 0, 4, 4, 16, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 4, 4, 0, 16, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 4, 4, 4, 24, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 4, 4, 4, 16, 0, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 4, 4, 4, 16, 1e-3, Optional.of(4L), Learned.WHOLE, 1, DType.FLOAT32),
            () ->
                new AutoencoderRecipe(
                    8, 4, 4, 4, 16, 1e-3, Optional.empty(), Learned.WHOLE, 1, DType.FLOAT16))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("an autoencoder is trained with ");
    }
  }
}
