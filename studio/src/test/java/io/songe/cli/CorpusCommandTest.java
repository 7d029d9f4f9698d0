package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.Corpus;
import io.songe.data.source.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CorpusCommandTest {
  @TempDir Path folder;

  @Test
  void shapes_are_built_and_shown() {
    Path corpus = folder.resolve("c");

    Run built = Run.songe("corpus", "build", "--shapes", "3", "--size", "32", corpus.toString());
    Run shown = Run.songe("corpus", "show", "--verify", corpus.toString());

    assertThat(built.err()).contains("12 drawings of 32x32 pixels are in");
    assertThat(built.code()).isZero();
    assertThat(shown.lines())
        .startsWith("12 drawings of 3 concepts, 32x32 pixels")
        .contains("      3 flat CC0-1.0");
  }

  @Test
  void a_folder_of_pictures_is_built_and_says_what_it_left_out() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    byte[] png;
    Path shapes = folder.resolve("shapes");
    Run.songe("corpus", "build", "--shapes", "1", "--size", "32", shapes.toString());
    try (Corpus corpus = Corpus.open(shapes)) {
      png = new io.songe.image.Png(corpus.picture(0)).encode();
    }
    Files.write(pictures.resolve("rond.png"), png);
    Files.writeString(pictures.resolve("rond.txt"), "un rond");
    Files.write(pictures.resolve("muet.png"), png);

    Run built =
        new Run.Setting()
            .in(Locale.FRENCH)
            .run(
                "corpus",
                "build",
                "--from",
                pictures.toString(),
                "--language",
                "fr",
                "--size",
                "16",
                folder.resolve("c").toString());

    assertThat(built.code()).isZero();
    assertThat(built.err())
        .contains("1 dessins de 16x16")
        .contains("1 laissés de côté")
        .contains("muet.png");
    assertThat(folder.resolve("c/skipped.tsv")).content().contains("muet.png\tit has no caption");
  }

  @Test
  void a_machine_without_npm_is_told_what_to_do() {
    Run run =
        new Run.Setting()
            .with("SONGE_NPM", "no-such-program")
            .with("SONGE_PACKAGES", folder.resolve("p"))
            .run("corpus", "build", folder.resolve("c").toString());

    assertThat(run.code()).isEqualTo(ExitCode.BROKEN_FILE.number());
    assertThat(run.err())
        .contains(
            "no-such-program cannot be started, with which open packages are fetched; install"
                + " Node.js, or give fetched tarballs with --packages");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void what_arrives_with_another_checksum_is_not_kept() throws IOException {
    Path npm = program("for last; do :; done; echo x > \"$4/emojibase-data-17.0.0.tgz\"");
    Path packages = folder.resolve("p");

    Run run =
        new Run.Setting()
            .with("SONGE_NPM", npm)
            .with("SONGE_PACKAGES", packages)
            .run("corpus", "build", folder.resolve("c").toString());

    assertThat(run.code()).isEqualTo(ExitCode.BROKEN_FILE.number());
    assertThat(run.err())
        .contains(
            "emojibase-data@17.0.0 arrived with another checksum than "
                + Manifest.bundled().captions().integrity());
    assertThat(packages).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void what_npm_complains_of_is_told_and_a_broken_tarball_is_fetched_anew() throws IOException {
    Path npm = program("echo no network >&2; exit 7");
    Path packages = Files.createDirectory(folder.resolve("p"));
    Files.writeString(packages.resolve("emojibase-data-17.0.0.tgz"), "half of it");

    Run run =
        new Run.Setting()
            .with("SONGE_NPM", npm)
            .with("SONGE_PACKAGES", packages)
            .run("corpus", "build", folder.resolve("c").toString());

    assertThat(run.err())
        .contains("emojibase-data-17.0.0.tgz is not the pinned package, or not whole")
        .contains("emojibase-data@17.0.0 could not be fetched: npm ended with code 7 (no network)");
  }

  private Path program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("npm"), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    Run both = Run.songe("corpus", "build", "--from", "a", "--tier", "permissive", "c");
    Run alone = Run.songe("corpus", "build", "--language", "fr", "c");
    Run size = Run.songe("corpus", "build", "--shapes", "1", "--size", "4", "c");

    assertThat(both.code()).isEqualTo(ExitCode.MISTAKE.number());
    assertThat(both.err()).contains("choose one");
    assertThat(alone.err()).contains("give --from too, or leave it out");
    assertThat(size.err()).contains("a corpus has pictures of 8 to 2048 pixels, got 4");
  }
}
