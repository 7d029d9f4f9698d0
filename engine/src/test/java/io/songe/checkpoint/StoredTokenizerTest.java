package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTokenizerTest {
  private static final Path MODEL = Path.of("src/test/resources/golden/tiny/model");

  @TempDir Path temporary;

  @Test
  void it_is_found_in_its_own_folder_in_a_models_and_in_an_open_model() {
    StoredTokenizer own = StoredTokenizer.open(MODEL.resolve("tokenizer"));
    StoredTokenizer inside = StoredTokenizer.open(MODEL);

    assertThat(own.files())
        .containsOnlyKeys(
            "tokenizer/merges.txt", "tokenizer/tokenizer_config.json", "tokenizer/vocab.json");
    assertThat(inside.sha256()).isEqualTo(own.sha256());
    try (Checkpoint model = Checkpoint.open(MODEL, DType.FLOAT32)) {
      assertThat(StoredTokenizer.of(model).sha256()).isEqualTo(own.sha256());
    }
  }

  @Test
  void one_changed_byte_makes_another_fingerprint() throws IOException {
    for (String file : new String[] {"merges.txt", "tokenizer_config.json", "vocab.json"}) {
      Files.copy(MODEL.resolve("tokenizer").resolve(file), temporary.resolve(file));
    }
    String before = StoredTokenizer.open(temporary).sha256();
    Path config = temporary.resolve("tokenizer_config.json");
    Files.writeString(config, Files.readString(config) + " ");

    assertThat(StoredTokenizer.open(temporary).sha256()).isNotEqualTo(before);
  }

  @Test
  void a_folder_without_one_is_refused() {
    assertThatThrownBy(() -> StoredTokenizer.open(temporary))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("vocab.json");
  }

  @Test
  void a_model_of_two_text_encoders_has_none_to_take_over() {
    Path xl = Path.of("src/test/resources/golden/families/sdxl/model");
    try (Checkpoint model = Checkpoint.open(xl, DType.FLOAT32)) {
      assertThatThrownBy(() -> StoredTokenizer.of(model))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("one text encoder");
    }
  }
}
