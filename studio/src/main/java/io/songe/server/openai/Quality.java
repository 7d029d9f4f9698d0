package io.songe.server.openai;

import io.songe.checkpoint.ModelCard;

/** How much work is put into a picture, by the words of both generations of the interface. */
enum Quality {
  AUTO,
  STANDARD,
  MEDIUM,
  LOW,
  HIGH,
  HD;

  private static final int MOST_STEPS = 1000;

  /** {@return how many steps that is for a model} */
  int steps(ModelCard model) {
    return switch (this) {
      case AUTO, STANDARD, MEDIUM -> model.steps();
      case LOW -> Math.max(1, model.steps() / 2);
      case HIGH, HD -> Math.min(MOST_STEPS, 2 * model.steps());
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
