package io.songe.checkpoint.adapter;

import io.songe.error.InvalidRequestException;

/**
 * A LoRA and how strongly it is applied: 1 is as it was trained, 0 not at all, less than 0 the
 * other way.
 *
 * @param lora opened
 * @param textStrength for the text encoders
 * @param imageStrength for the U-Net
 */
public record WeightedLora(Lora lora, double textStrength, double imageStrength) {
  /**
   * A LoRA with checked strengths.
   *
   * @throws InvalidRequestException if one is no number
   */
  public WeightedLora {
    if (!Double.isFinite(textStrength) || !Double.isFinite(imageStrength)) {
      throw new InvalidRequestException(
          "the strength of the LoRA %s must be a number, such as 0.8, got %s and %s"
              .formatted(lora.name(), textStrength, imageStrength));
    }
  }

  /**
   * A LoRA of one strength for all networks.
   *
   * @param lora opened
   * @param strength such as 0.8
   * @return both
   */
  public static WeightedLora of(Lora lora, double strength) {
    return new WeightedLora(lora, strength, strength);
  }
}
