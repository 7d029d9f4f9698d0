package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.ModelSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsConvertCommandTest {
  @TempDir private Path models;

  private Run.Setting setting() {
    return new Run.Setting().with("SONGE_MODELS", models);
  }

  private void unpack() throws IOException {
    TinyCheckpoint.unpackInto(models);
  }

  @Test
  void a_file_becomes_a_folder_and_a_file_again() throws IOException {
    unpack();
    Path folder = models.resolve("made");
    Path file = models.resolve("made again.safetensors");

    Run first = setting().run("models", "convert", "model", folder.toString());
    Run second = setting().run("models", "convert", folder.toString(), file.toString());

    assertThat(first.err()).isEmpty();
    assertThat(first.out()).isEqualTo(folder + "\n");
    assertThat(second.err()).isEmpty();
    assertThat(ModelSummary.read(file).parts())
        .isEqualTo(ModelSummary.read(models.resolve("model.safetensors")).parts());
  }

  @Test
  void models_of_one_file_are_listed_by_its_name() throws IOException {
    unpack();

    Run run = setting().run("models");

    assertThat(run.out())
        .contains(
            "\nmodel\n  licence: unknown\n  architecture: StableDiffusionPipeline (CLIPTextModel,"
                + " UNet2DConditionModel, AutoencoderKL)\n");
    assertThat(setting().run("models", "show", "model").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"fp32, 4", "bf16, 2", "fp16, 2"})
  void weights_are_stored_as_asked(String precision, int bytes) throws IOException {
    unpack();
    Path target = models.resolve("made.safetensors");

    Run run =
        setting().run("models", "convert", "model", target.toString(), "--precision", precision);

    ModelSummary summary = ModelSummary.read(target);
    assertThat(run.code()).isZero();
    assertThat(summary.bytes()).isEqualTo(bytes * summary.parameters());
  }

  @Test
  void what_is_there_is_not_overwritten() throws IOException {
    unpack();
    Path target = Files.writeString(models.resolve("made.safetensors"), "mine");

    Run run = setting().run("models", "convert", "model", target.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("made.safetensors exists already; choose another name");
    assertThat(target).hasContent("mine");
  }

  @Test
  void the_bundled_model_cannot_be_one_file() {
    Path target = models.resolve("mini.safetensors");

    Run run = setting().run("models", "convert", "songe-mini", target.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: this model cannot be one file with the original names, since its autoencoder is"
                + " none of the large kind; save it as a folder\n");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_precision_that_is_none_is_refused_before_any_work() {
    Run run =
        setting()
            .in(Locale.FRENCH)
            .run("models", "convert", "songe-mini", "made", "--precision", "int8");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe : « int8 » n'est pas une précision de poids enregistrés ; choisissez fp32,"
                + " bf16 ou fp16\n");
  }

  @Test
  void other_forms_of_files_are_not_written() {
    Run run = setting().run("models", "convert", "songe-mini", "made.ckpt");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: made.ckpt would be no model: one is written as a folder, or as a file that ends"
                + " in .safetensors\n");
  }
}
