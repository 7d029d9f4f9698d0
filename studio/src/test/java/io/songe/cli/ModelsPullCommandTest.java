package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.terminal.PreviewStyle;
import io.songe.mini.SongeMini;
import io.songe.models.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsPullCommandTest {
  @TempDir private Path folder;
  private PublishedModel hub;

  @BeforeEach
  void publish() throws IOException {
    hub = PublishedModel.of(SongeMini.folder());
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Run.Setting setting() {
    return new Run.Setting()
        .with("SONGE_MODELS", models())
        .with("SONGE_HUB", hub.address())
        .with("HF_TOKEN", "secret");
  }

  private Path models() {
    return folder.resolve("models");
  }

  private Run pull(String... more) {
    return setting()
        .run(
            Stream.concat(Stream.of("models", "pull", "some/model"), Stream.of(more))
                .toArray(String[]::new));
  }

  @Test
  void a_model_is_fetched_listed_and_drawn_with() {
    Run run = pull("--accept-licence");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("model is in the models folder now\nlicence: apache-2.0\n")
        .contains("precision: bf16\n", "origin: some/model@0123456789");
    assertThat(run.err())
        .contains("licence: apache-2.0", "read about it at " + hub.address() + "/some/model")
        .doesNotContain("secret");
    assertThat(models().resolve(".downloads")).isEmptyDirectory();

    Run drawn =
        setting()
            .run(
                "imagine",
                "x",
                "--model",
                "model",
                "--size",
                "64",
                "--steps",
                "1",
                "--seed",
                "1",
                "--out",
                folder.toString());

    assertThat(drawn.code()).as(drawn.err()).isZero();
  }

  @Test
  void without_an_agreement_to_the_licence_nothing_is_fetched() {
    Run run = pull();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).endsWith("read it, then add --accept-licence\n");
    assertThat(models()).doesNotExist();
  }

  @Test
  void on_a_terminal_the_licence_is_asked_for() {
    Run no = setting().onTerminal(new PreviewStyle[0]).run("models", "pull", "some/model");
    Run yes =
        setting()
            .in(Locale.FRENCH)
            .onTerminal(new PreviewStyle[0])
            .answering("oui")
            .run("models", "pull", "some/model");

    assertThat(no.code()).isEqualTo(2);
    assertThat(no.err()).contains("Do you accept the licence? [yes/no]", "was not accepted");
    assertThat(yes.code()).as(yes.err()).isZero();
    assertThat(models().resolve("model/model_index.json")).exists();
  }

  @Test
  void a_hub_that_breaks_off_leaves_nothing_under_the_models_name_and_is_gone_on_with() {
    hub.breakingOff();

    Run broken = pull("--accept-licence");

    assertThat(broken.code()).isEqualTo(7);
    assertThat(broken.err()).contains("what was fetched is kept, run the command again");
    assertThat(models().resolve("model")).doesNotExist();
    assertThat(setting().run("models").out()).startsWith("songe-mini\n").doesNotContain("\nmodel");

    hub.wellAgain();
    Run again = pull("--accept-licence");

    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void a_model_that_is_there_already_is_not_fetched_over() throws IOException {
    Files.createDirectories(models().resolve("model"));

    Run run = pull("--accept-licence");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("holds a 'model' already", "--name");
  }

  @Test
  void a_hub_that_is_not_there_has_a_code_of_its_own() {
    Run run = setting().with("SONGE_HUB", "http://127.0.0.1:1").run("models", "pull", "some/model");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("127.0.0.1:1 cannot be reached (no connection)");
  }

  @Test
  void what_is_no_address_is_refused() {
    assertThat(setting().with("SONGE_HUB", "ftp://x").run("models", "pull", "a/b").err())
        .contains("begins with https://");
    assertThat(setting().with("SONGE_HUB", "not an address").run("models", "pull", "a/b").err())
        .contains("\"not an address\" is no address");
  }

  @Test
  void verify_finds_what_changed_since() throws IOException {
    assertThat(pull("--accept-licence", "--name", "mine").code()).isZero();

    assertThat(setting().run("models", "verify"))
        .isEqualTo(new Run(0, "mine, weights intact\n", ""));

    Files.writeString(models().resolve("mine/unet/config.json"), "{}");
    Files.delete(models().resolve("mine/vae/config.json"));
    Run changed = setting().run("models", "verify", "mine");

    assertThat(changed.code()).isEqualTo(6);
    assertThat(changed.out())
        .isEqualTo(
            """
            mine: NOT as it was
              changed: mine/unet/config.json
              missing: mine/vae/config.json
            """);
    assertThat(setting().run("models", "verify", "min").err())
        .contains("\"min\" was neither pulled nor added", "did you mean mine?");
  }

  @Test
  void add_copies_a_model_and_refuses_what_is_none() throws IOException {
    ModelCopy.in(folder.resolve("elsewhere"));

    Run run = setting().run("models", "add", folder.resolve("elsewhere").toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("elsewhere is in the models folder now\nlicence: Apache-2.0\n")
        .contains("architecture: StableDiffusionPipeline", "precision: bf16");
    assertThat(setting().run("models", "verify", "elsewhere").code()).isZero();

    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(setting().run("models", "add", empty.toString()).code()).isEqualTo(3);
    assertThat(models().resolve("empty")).doesNotExist();
  }

  @Test
  void a_model_of_one_file_is_added_with_what_lies_beside_it() throws IOException {
    TinyCheckpoint.unpackInto(Files.createDirectory(folder.resolve("elsewhere")));
    Path file = folder.resolve("elsewhere/model.safetensors");
    Files.writeString(
        file.resolveSibling("model.yaml"), "model:\n  params:\n    parameterization: v\n");

    Run run = setting().run("models", "add", file.toString(), "--name", "dreams.safetensors");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("architecture: StableDiffusionPipeline", "precision: fp16");
    assertThat(models().resolve("dreams.yaml")).exists();
    assertThat(models().resolve("dreams.tokenizer/vocab.json")).exists();

    Files.delete(models().resolve("dreams.yaml"));

    assertThat(setting().run("models", "verify").out()).contains("missing: dreams.yaml");
  }

  @Test
  void a_model_whose_companions_would_meet_others_leaves_nothing_behind() throws IOException {
    TinyCheckpoint.unpackInto(Files.createDirectory(folder.resolve("elsewhere")));
    Path file = folder.resolve("elsewhere/model.safetensors");
    Files.writeString(file.resolveSibling("model.yaml"), "{}");
    Files.createDirectories(models().resolve("dreams.tokenizer"));

    Run run = setting().run("models", "add", file.toString(), "--name", "dreams.safetensors");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("holds a 'dreams.tokenizer' already", "--name");
    assertThat(models()).isDirectoryNotContaining("glob:**dreams.{yaml,safetensors}");
    assertThat(models().resolve("dreams.tokenizer")).isEmptyDirectory();
  }

  @Test
  void an_index_that_is_garbled_is_named() throws IOException {
    Files.createDirectories(models());
    Files.writeString(models().resolve("index.json"), "{\"format\": 1}");

    Run run = setting().run("models", "verify");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("models/index.json: cannot be understood");
  }
}
