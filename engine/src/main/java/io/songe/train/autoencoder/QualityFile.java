package io.songe.train.autoencoder;

import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The quality of a run's autoencoder over time, in the run's folder: {@code sheets} has the figures
 * of each sheet by its name; beside it are those of the finished autoencoder.
 */
final class QualityFile {
  static final String NAME = "quality.json";
  private static final String SHEETS = "sheets";

  private final Path file;

  QualityFile(Path run) {
    file = run.resolve(NAME);
  }

  /** Notes the quality that a sheet shows. */
  void sheet(String name, ImageQuality quality) {
    Map<String, Object> sheets = sheets();
    sheets.put(name, quality.figures());
    write(sheets, Optional.empty());
  }

  /** Notes the quality of the autoencoder in the run's folder. */
  void finished(ImageQuality quality) {
    write(sheets(), Optional.of(quality));
  }

  private void write(Map<String, Object> sheets, Optional<ImageQuality> finished) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(SHEETS, sheets);
    finished.ifPresent(quality -> all.putAll(quality.figures()));
    JsonConfigWriter.write(file, all);
  }

  private Map<String, Object> sheets() {
    Map<String, Object> sheets = new TreeMap<>();
    if (Files.exists(file)) {
      JsonConfig.read(file)
          .optionalObject(SHEETS)
          .ifPresent(before ->
              before.keys().forEach(name -> sheets.put(name, figures(before.object(name)))));
    }
    return sheets;
  }

  private static Map<String, Object> figures(JsonConfig json) {
    Map<String, Object> figures = new LinkedHashMap<>();
    json.keys().forEach(name -> figures.put(name, json.number(name)));
    return figures;
  }
}
