package io.songe.checkpoint.adapter;

/**
 * An adapter that a model was changed by, as recipes store it.
 *
 * @param kind {@code lora} or {@code embedding}
 * @param name the file's, without its extension
 * @param textStrength for the text encoders; 1 for an embedding
 * @param imageStrength for the U-Net; 1 for an embedding
 * @param sha256 of the file, in hexadecimal digits
 */
public record AppliedAdapter(
    String kind, String name, double textStrength, double imageStrength, String sha256) {
  /** The kind of LoRAs. */
  public static final String LORA = "lora";

  /** The kind of textual inversions. */
  public static final String EMBEDDING = "embedding";

  /**
   * {@return a LoRA as recipes store it}
   *
   * @param weighted opened, with its strengths
   */
  public static AppliedAdapter of(WeightedLora weighted) {
    return new AppliedAdapter(
        LORA,
        weighted.lora().name(),
        weighted.textStrength(),
        weighted.imageStrength(),
        weighted.lora().sha256());
  }

  /**
   * {@return a textual inversion as recipes store it}
   *
   * @param inversion opened
   */
  public static AppliedAdapter of(TextualInversion inversion) {
    return new AppliedAdapter(EMBEDDING, inversion.name(), 1, 1, inversion.sha256());
  }
}
