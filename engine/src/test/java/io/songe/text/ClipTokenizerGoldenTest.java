package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids against those of transformers 5.23, written by {@code tools/golden/tokenizer.py}. */
class ClipTokenizerGoldenTest {
  private final ClipTokenizer mini = ClipTokenizer.open(GoldenTokens.mini());

  @Test
  void ids_of_every_line_are_the_references() throws IOException {
    List<GoldenTokens.Line> lines = GoldenTokens.lines();

    assertThat(lines).hasSizeGreaterThan(2_000);
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(mini.encode(line.text())).as(line.text()).isEqualTo(line.ids()));
  }

  @Test
  void cut_and_padded_ids_are_the_references() throws IOException {
    List<GoldenTokens.Line> lines =
        GoldenTokens.lines().stream().filter(line -> line.padded() != null).toList();

    assertThat(lines).hasSizeGreaterThan(250);
    assertThat(lines).anyMatch(line -> line.ids().size() > mini.maxLength() - 2);
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(mini.truncated(line.text())).as(line.text()).isEqualTo(line.padded()));
  }

  @Test
  void decoded_text_is_the_references() throws IOException {
    List<GoldenTokens.Line> lines =
        GoldenTokens.lines().stream().filter(line -> line.decoded() != null).toList();

    assertThat(lines).hasSizeGreaterThan(250);
    assertThat(lines)
        .allSatisfy(line -> assertThat(mini.decode(line.ids())).isEqualTo(line.decoded()));
  }

  @ParameterizedTest
  @MethodSource("folderNames")
  void folders_of_other_models_give_the_references_ids(String name, @TempDir Path folder)
      throws IOException {
    GoldenTokens.writeFolder(name, folder);

    ClipTokenizer tokenizer = ClipTokenizer.open(folder);

    assertThat(tokenizer.vocabularySize()).isEqualTo(GoldenTokens.vocabularySize(name));
    assertThat(GoldenTokens.lines(name))
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(tokenizer.encode(line.text())).as(line.text()).isEqualTo(line.ids());
          assertThat(tokenizer.truncated(line.text())).as(line.text()).isEqualTo(line.padded());
          assertThat(tokenizer.decode(line.ids())).isEqualTo(line.decoded());
        });
  }

  static List<String> folderNames() throws IOException {
    return GoldenTokens.folderNames();
  }
}
