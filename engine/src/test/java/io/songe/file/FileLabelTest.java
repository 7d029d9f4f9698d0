package io.songe.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLabelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/home/ada/models/a.safetensors is cut short | a.safetensors is cut short",
        "C:\\Users\\ada\\x.png cannot be written | x.png cannot be written",
        "cannot write '/srv/songe/pictures/fox.png': full | cannot write 'fox.png': full",
        "a third is 1/3 of it | a third is 1/3 of it",
        "see https://example.org/a/b for more | see https://example.org/a/b for more",
      })
  void a_message_keeps_the_names_of_files_and_loses_their_folders(String message, String shown) {
    assertThat(FileLabel.withoutFolders(message)).isEqualTo(shown);
  }
}
