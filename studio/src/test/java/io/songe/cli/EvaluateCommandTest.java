package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.JsonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir static Path folder;

  private static String corpus = "";

  @BeforeAll
  static void build() {
    corpus = folder.resolve("corpus").toString();
    assertThat(Run.songe("corpus", "build", "--shapes", "8", "--size", "64", corpus).code())
        .isZero();
  }

  @Test
  void a_tiny_judge_is_trained_and_the_bundled_model_judged_by_it() throws IOException {
    Path out = folder.resolve("out");

    Run run =
        Run.songe(
            "evaluate",
            "songe-mini",
            "--corpus",
            corpus,
            "--out",
            out.toString(),
            "--smoke",
            "--prompts",
            "4",
            "--steps",
            "1",
            "--threads",
            "1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("the judge is in", "evaluation.html shows the evaluation");
    assertThat(run.out()).contains("concept_top1_en", "frechet");
    JsonConfig json = JsonConfig.read(out.resolve("evaluation.json"));
    assertThat(json.object("model").string("name")).isEqualTo("songe-mini");
    assertThat(json.object("model").string("weights_sha256")).hasSize(64);
    assertThat(json.object("model").integer("steps")).isEqualTo(1);
    assertThat(json.object("judge_quality").object("hidden_styles").number("top1"))
        .isBetween(0.0, 1.0);
    assertThat(Files.readString(out.resolve("evaluation.html"))).contains("songe-mini");
  }

  @Test
  void what_cannot_be_is_refused_before_any_work() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String[] asked = {"evaluate", "songe-mini", "--corpus", corpus};

    assertRefused("must be from 4 to 100000, got 2", asked, "--out", "x", "--prompts", "2");
    assertRefused("is a file; --out names a folder", asked, "--out", file.toString());
    assertRefused(
        "the corpus has no drawings of the group birds; its groups are objects",
        asked,
        "--out",
        folder.resolve("z").toString(),
        "--groups",
        "birds");
    assertRefused(
        "must be from 1 to 1000, got 0",
        asked,
        "--out",
        folder.resolve("x").toString(),
        "--steps",
        "0");
    assertRefused(
        "there is no folder nowhere; give one that holds judge.json, or leave --judge out",
        asked,
        "--out",
        folder.resolve("y").toString(),
        "--judge",
        "nowhere");
  }

  private static void assertRefused(String message, String[] asked, String... more) {
    String[] all = new String[asked.length + more.length];
    System.arraycopy(asked, 0, all, 0, asked.length);
    System.arraycopy(more, 0, all, asked.length, more.length);

    Run run = Run.songe(all);

    assertThat(run.code()).isEqualTo(ExitCode.MISTAKE.number());
    assertThat(run.err()).contains(message);
  }

  @Test
  void a_corpus_is_asked_for() {
    Run run = new Run.Setting().in(Locale.FRENCH).run("evaluate", "songe-mini");

    assertThat(run.code()).isEqualTo(ExitCode.MISTAKE.number());
    assertThat(run.err()).contains("--corpus demande une valeur");
  }
}
