package io.songe.cli;

import io.songe.pipeline.Precision;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which model draws, and in which numbers. */
final class ModelOptions {
  @Option(names = "--model", paramLabel = "${bundle:label.model}", descriptionKey = "model")
  private String model = ModelShelf.BUNDLED;

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private String precision = Precision.AUTO.id();

  /** {@return the model's folder} */
  Path folder(Surroundings around) {
    return new ModelShelf(around).find(model);
  }

  /** {@return in which numbers to compute} */
  Precision precision() {
    return Precision.named(precision);
  }
}
