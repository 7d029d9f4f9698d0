package io.songe.cli;

import io.songe.models.ModelShelf;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model draws, in which numbers, and by what it is changed. */
final class ModelOptions {
  @Option(names = "--model", paramLabel = "${bundle:label.model}", descriptionKey = "model")
  private String model = ModelShelf.BUNDLED;

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private String precision = Precision.AUTO.id();

  @Mixin private AdapterOptions adapters = new AdapterOptions();

  /** {@return the model's folder} */
  Path folder(Surroundings around) {
    return new Shelves(around).model(model);
  }

  /** {@return the LoRAs and embeddings that options and prompt ask for, to be closed} */
  OpenedAdapters adapters(GenerationRequest request, Surroundings around) {
    return adapters.open(request, around);
  }

  /** {@return in which numbers to compute} */
  Precision precision() {
    return Precision.named(precision);
  }
}
