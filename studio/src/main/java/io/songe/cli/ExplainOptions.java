package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.drawing.Settings;
import io.songe.error.InvalidRequestException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that show how a picture comes about. */
final class ExplainOptions {
  /** How many seeds after the first one a figure may need. */
  private static final int SEEDS = 16;

  @Option(names = "--seed", paramLabel = "N", descriptionKey = "explain-seed")
  private @Nullable Long seed;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Integer steps;

  @Option(names = "--out", paramLabel = "${bundle:label.file}")
  private String out = "";

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();

  ModelOptions model() {
    return model;
  }

  EngineOptions engine() {
    return engine;
  }

  /** {@return how many steps were asked for; empty for as many as the model's authors set} */
  Optional<Integer> steps() {
    return Optional.ofNullable(steps);
  }

  /** {@return the seed that was given, or a random one} */
  long chosenSeed(Surroundings around) {
    long largest = Settings.largestSeed(SEEDS);
    if (seed != null && (seed < 0 || seed > largest)) {
      throw new InvalidRequestException(
          around.say(Text.SEED_OUT_OF_RANGE, String.valueOf(largest), "" + seed));
    }
    return Settings.seed(Optional.ofNullable(seed), SEEDS, RandomGenerator.getDefault());
  }

  /** {@return where the figure is written: a folder, or a file's name; empty for here} */
  String out() {
    return out;
  }
}
