package io.songe.server.openai;

import io.songe.checkpoint.ModelCard;
import java.util.Optional;

/** How much work is put into a picture, by the words of both generations of the interface. */
enum Quality {
  AUTO,
  STANDARD,
  MEDIUM,
  LOW,
  HIGH,
  HD;

  /** {@return how many steps that is for a model; empty for as many as its authors say} */
  Optional<Integer> steps(ModelCard model) {
    return switch (this) {
      case AUTO, STANDARD, MEDIUM -> Optional.empty();
      case LOW -> Optional.of(Math.max(1, model.steps() / 2));
      case HIGH, HD -> Optional.of(Math.min(1000, 2 * model.steps()));
    };
  }

  /** {@return the word of the answer, which knows three} */
  String answered() {
    return switch (this) {
      case AUTO, STANDARD, MEDIUM -> "medium";
      case LOW -> "low";
      case HIGH, HD -> "high";
    };
  }
}
