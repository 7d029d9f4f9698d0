package io.songe.evaluate.judge;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A judge on disk: {@code judge.json} and {@code judge.safetensors} in one folder. */
final class JudgeFolder {
  private static final String CARD = "judge.json";
  private static final String WEIGHTS = "judge.safetensors";
  private static final int FORMAT = 1;

  private JudgeFolder() {}

  /**
   * Writes a judge, its weights in BFLOAT16.
   *
   * @param folder that is made if it does not exist
   * @param card what it says of itself
   * @param weights by name
   */
  static void write(Path folder, JudgeCard card, Collection<StoredTensor> weights) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw FileLabel.ofFolder(folder).unreadable(failure);
    }
    SafetensorsWriter.write(folder.resolve(WEIGHTS), weights, DType.BFLOAT16, Map.of());
    JudgeConfig config = card.config();
    JsonConfigWriter.write(
        folder.resolve(CARD),
        Map.ofEntries(
            Map.entry("format", FORMAT),
            Map.entry("side", config.side()),
            Map.entry("widths", config.widths()),
            Map.entry("buckets", config.buckets()),
            Map.entry("word_width", config.wordWidth()),
            Map.entry("features", config.features()),
            Map.entry("concepts", config.concepts()),
            Map.entry("styles", config.styles()),
            Map.entry("hidden_styles", card.hiddenStyles()),
            Map.entry("corpus_sha256", card.corpusSha256()),
            Map.entry("steps", card.steps())));
  }

  static Judge read(Path folder) {
    Path file = folder.resolve(CARD);
    if (!Files.isRegularFile(file)) {
      throw new InvalidRequestException(
          "%s is no judge: it has no %s; train one by leaving the judge out"
              .formatted(FileLabel.ofFolder(folder).text(), CARD));
    }
    Path weights = folder.resolve(WEIGHTS);
    JudgeCard card = card(JsonConfig.read(file), weights);
    try (TensorSource source = WeightsFile.open(weights);
        Scope _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : source.names()) {
        tensors.put(name, source.get(name).toTensor().to(DType.FLOAT32).copy());
      }
      return new Judge(card, tensors);
    }
  }

  private static JudgeCard card(JsonConfig json, Path weights) {
    if (json.integer("format") != FORMAT) {
      throw new BrokenFileException(
          "%s: a judge of the format %d, and this version knows %d; train it anew"
              .formatted(json.label().text(), json.integer("format"), FORMAT));
    }
    try {
      JudgeConfig config =
          new JudgeConfig(
              json.integer("side"),
              json.integers("widths"),
              json.integer("buckets"),
              json.integer("word_width"),
              json.integer("features"),
              json.strings("concepts"),
              json.strings("styles"));
      return new JudgeCard(
          FileLabel.of(weights).text(),
          config,
          json.strings("hidden_styles"),
          json.string("corpus_sha256"),
          json.longInteger("steps"),
          FileHash.sha256(weights));
    } catch (IllegalArgumentException impossible) {
      throw json.label().refused(impossible);
    }
  }
}
