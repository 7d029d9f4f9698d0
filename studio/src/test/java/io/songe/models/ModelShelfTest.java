package io.songe.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.mini.SongeMini;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShelfTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "Linux, HOME, .local/share/songe/models",
    "Linux, XDG_DATA_HOME, data/songe/models",
    "Mac OS X, XDG_DATA_HOME, Library/Application Support/songe/models",
    "Windows 11, HOME, AppData/Local/songe/models",
    "Windows 11, LOCALAPPDATA, data/songe/models",
    "Linux, SONGE_MODELS, data"
  })
  void the_usual_place_depends_on_the_system(String system, String variable, String expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put(variable, home.resolve("data").toString());

    Path folder = ModelShelf.usualFolder(environment, home, system);

    assertThat(folder).isEqualTo(home.resolve(expected));
  }

  @Test
  void the_bundled_model_is_there_without_a_folder() {
    var shelf = new ModelShelf(home.resolve("nowhere"));

    assertThat(shelf.names()).containsExactly("songe-mini");
    assertThat(shelf.named("songe-mini")).contains(SongeMini.folder());
    assertThat(shelf.named("model")).isEmpty();
    assertThat(shelf.loras().names()).isEmpty();
  }

  @Test
  void a_path_is_no_name() throws IOException {
    Files.createDirectories(home.resolve("models/inner"));
    Files.createFile(home.resolve("models/inner/model_index.json"));
    var shelf = new ModelShelf(home.resolve("models"));

    assertThat(shelf.named("inner")).contains(home.resolve("models/inner"));
    assertThat(shelf.named("../models/inner")).isEmpty();
    assertThat(shelf.named(home.resolve("models/inner").toString())).isEmpty();
  }
}
