package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
  @TempDir private Path folder;

  @BeforeEach
  void write_a_published_file() throws IOException {
    GoldenTokens.writeFolder("tokenizer-json", folder);
  }

  @Test
  void it_has_precedence_over_a_vocabulary_beside_it() throws IOException {
    GoldenTokens.copyVocabulary(folder);

    assertThat(ClipTokenizer.open(folder).vocabularySize()).isEqualTo(714);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "'NFC' ; 'NFKC' ; normalizer",
        "{'type':'Lowercase'} ; {'type':'Lowercase'},{'type':'StripAccents'} ; normalizer",
        "'type':'Split' ; 'type':'Whitespace' ; pre_tokenizer",
        "'invert':true ; 'invert':false ; pre_tokenizer",
        "'behavior':'Removed' ; 'behavior':'Isolated' ; pre_tokenizer",
        "[\\\\p{N}] ; [\\\\p{N}]+ ; pre_tokenizer",
        "'RobertaProcessing' ; 'BertProcessing' ; post_processor",
        "'type':'BPE' ; 'type':'WordPiece' ; model",
        "'dropout':null ; 'dropout':0.1 ; dropout",
        "'continuing_subword_prefix':'' ; 'continuing_subword_prefix':'##' ; continuing_subword_prefix",
        "'end_of_word_suffix':'</w>' ; 'end_of_word_suffix':'' ; end_of_word_suffix",
        "'byte_fallback':false ; 'byte_fallback':true ; byte_fallback",
      })
  void steps_of_another_tokenizer_are_refused_by_name(String found, String changed, String step)
      throws IOException {
    replace(found.replace('\'', '"'), changed.replace('\'', '"'));

    assertThatThrownBy(() -> ClipTokenizer.open(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(
            "%s: has a %s that CLIP's tokenizers do not: "
                .formatted(FileLabel.of(folder.resolve("tokenizer.json")).text(), step))
        .hasMessageEndingWith("; other tokenizers are not supported");
  }

  @Test
  void a_frame_at_odds_with_the_special_tokens_is_refused() throws IOException {
    replace("\"sep\":[\"<|endoftext|>\",713]", "\"sep\":[\"a\",64]");

    assertThatThrownBy(() -> ClipTokenizer.open(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            " frames a text by [\"<|startoftext|>\",712] and [\"a\",64], but its special tokens"
                + " have the ids 712 and 713; fetch it again");
  }

  @Test
  void a_merge_outside_the_vocabulary_is_refused_with_its_place() throws IOException {
    replace("\"merges\":[[\"l\",\"e</w>\"]", "\"merges\":[[\"z\",\"z\"]");

    assertThatThrownBy(() -> ClipTokenizer.open(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FileLabel.of(folder.resolve("tokenizer.json")).text())
        .hasMessageContaining(" has the token \"zz\" in merge 0, which the vocabulary does not");
  }

  private void replace(String found, String changed) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    String content = Files.readString(file);
    assertThat(content).contains(found);
    Files.writeString(file, content.replace(found, changed));
  }
}
