package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids against those of transformers 5.23, written by {@code tools/golden/clip_vocabulary.py}. */
class PublishedTokenizerTest {
  @ParameterizedTest
  @EnumSource
  void ids_are_the_references(PublishedTokenizer published) throws IOException {
    ClipTokenizer tokenizer = published.open();

    assertThat(GoldenTokens.published(published))
        .hasSizeGreaterThan(60)
        .allSatisfy(line -> {
          assertThat(tokenizer.encode(line.text())).as(line.text()).isEqualTo(line.ids());
          assertThat(tokenizer.truncated(line.text())).as(line.text()).isEqualTo(line.padded());
          assertThat(tokenizer.decode(line.ids())).as(line.text()).isEqualTo(line.decoded());
        });
  }

  @Test
  void the_two_differ_in_what_fills_a_chunk() {
    ClipTokenizer clip = PublishedTokenizer.CLIP.open();
    ClipTokenizer openClip = PublishedTokenizer.OPEN_CLIP.open();

    assertThat(clip.vocabularySize()).isEqualTo(49408);
    assertThat(clip.beginId()).isEqualTo(openClip.beginId()).isEqualTo(49406);
    assertThat(clip.endId()).isEqualTo(openClip.endId()).isEqualTo(49407);
    assertThat(clip.padId()).isEqualTo(49407);
    assertThat(openClip.padId()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void its_files_make_the_same_tokenizer(PublishedTokenizer published, @TempDir Path folder)
      throws IOException {
    for (Map.Entry<String, byte[]> file : published.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }

    ClipTokenizer tokenizer = ClipTokenizer.open(folder);

    assertThat(tokenizer.padId()).isEqualTo(published.open().padId());
    assertThat(GoldenTokens.published(published))
        .allSatisfy(line ->
            assertThat(tokenizer.truncated(line.text())).as(line.text()).isEqualTo(line.padded()));
  }
}
