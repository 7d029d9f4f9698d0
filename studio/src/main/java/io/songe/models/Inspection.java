package io.songe.models;

import io.songe.checkpoint.ModelSummary;
import io.songe.format.TensorInfo;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a model's files tell without being loaded.
 *
 * @param architecture the published name of its kind
 * @param precision in which most numbers are stored
 * @param licence that its own card names, or {@code unknown}
 * @param triggers words that its files say it was taught to be asked with
 */
record Inspection(String architecture, String precision, String licence, List<String> triggers) {
  private static final List<String> TRIGGER_KEYS =
      List.of("modelspec.trigger_phrase", "modelspec.trigger_word");

  private static final Pattern WEIGHTS = Pattern.compile(".+\\.(safetensors|bin)");

  /**
   * Reads a model's descriptions and the headers of its weights.
   *
   * @param model its folder or file
   * @throws io.songe.error.BrokenFileException if it is no model, or a file of it is broken
   */
  static Inspection of(Path model) throws IOException {
    ModelSummary summary = ModelSummary.read(model);
    Map<DType, Long> elements = new EnumMap<>(DType.class);
    Set<String> triggers = new LinkedHashSet<>();
    for (Path file : weights(model)) {
      try (TensorSource source = WeightsFile.open(file)) {
        for (String name : source.names()) {
          TensorInfo tensor = source.describe(name);
          elements.merge(tensor.dtype(), tensor.shape().elements(), Long::sum);
        }
        TRIGGER_KEYS.stream()
            .map(source.metadata()::get)
            .filter(phrase -> phrase != null && !phrase.isBlank())
            .forEach(triggers::add);
      }
    }
    return new Inspection(
        summary.pipeline(),
        elements.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .map(most -> precision(most.getKey()))
            .orElse("unknown"),
        summary.card().licence(),
        new ArrayList<>(triggers));
  }

  private static List<Path> weights(Path model) throws IOException {
    if (Files.isRegularFile(model)) {
      return List.of(model);
    }
    try (Stream<Path> files = Files.walk(model)) {
      return files
          .filter(file -> WEIGHTS.matcher(String.valueOf(file.getFileName())).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static String precision(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "fp32";
      case FLOAT16 -> "fp16";
      case BFLOAT16 -> "bf16";
      default -> dtype.name().toLowerCase(Locale.ROOT);
    };
  }
}
