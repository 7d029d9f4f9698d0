package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The index of a models folder as its file. */
final class ModelIndexJson {
  private static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ModelIndexJson() {}

  private record Index(int format, List<ModelRecord> models) {}

  /**
   * Reads an index.
   *
   * @return the records; none if there is no index
   * @throws BrokenFileException if it cannot be understood
   */
  static List<ModelRecord> read(Path file) {
    if (Files.notExists(file)) {
      return List.of();
    }
    FileLabel label = FileLabel.of(file);
    try {
      Index index = JSON.readValue(Files.readAllBytes(file), Index.class);
      if (index.format() != FORMAT) {
        throw label.broken(
            "has the format %d, this version reads format %d; use a newer one"
                .formatted(index.format(), FORMAT));
      }
      return index.models();
    } catch (JacksonException garbled) {
      throw label.broken(
          "cannot be understood (%s); remove it, the models themselves stay"
              .formatted(FileLabel.shorten(garbled.getOriginalMessage())),
          garbled);
    } catch (IOException unreadable) {
      throw label.unreadable(unreadable);
    }
  }

  /** Writes an index, wholly or not at all. */
  static void write(Path file, List<ModelRecord> records) throws IOException {
    byte[] json = JSON.writeValueAsBytes(new Index(FORMAT, records));
    AtomicFile.write(file, AtomicFile.Content.of(json));
  }
}
