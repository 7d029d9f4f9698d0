package io.songe.model.clip;

/**
 * The sizes of a CLIP text encoder.
 *
 * @param vocabulary number of different tokens
 * @param width of a token's features
 * @param intermediateWidth of the feed-forward layers
 * @param layers number of Transformer layers
 * @param heads of attention; divides the width
 * @param positions the most tokens of a text
 * @param activation of the feed-forward layers
 * @param epsilon added to the variance in every normalization
 * @param end how the mark of a text's end is found
 * @param projection of the pooled features
 */
public record ClipTextConfig(
    int vocabulary,
    int width,
    int intermediateWidth,
    int layers,
    int heads,
    int positions,
    Activation activation,
    double epsilon,
    EndOfText end,
    Projection projection) {

  /** The curve between the two maps of a feed-forward layer. */
  public enum Activation {
    /** {@code x sigmoid(1.702 x)}: OpenAI's models. */
    QUICK_GELU,
    /** {@code x Phi(x)}: OpenCLIP's models. */
    GELU
  }

  /** How the mark of a text's end is found among its tokens; texts are padded behind it. */
  public sealed interface EndOfText {
    /**
     * The first token with this id.
     *
     * @param id of the mark
     */
    record FirstOf(int id) implements EndOfText {}

    /**
     * The first token with the largest id of the text: for a vocabulary whose last token is the
     * mark. Published configurations with {@code eos_token_id} 2 mean this.
     */
    record LargestId() implements EndOfText {}
  }

  /** What becomes of the pooled features. */
  public sealed interface Projection {
    /** They stay as they are. */
    record None() implements Projection {}

    /**
     * They are mapped into the space that texts share with pictures.
     *
     * @param width of that space
     */
    record Shared(int width) implements Projection {}
  }

  /**
   * Checked sizes.
   *
   * @throws IllegalArgumentException if a size is not positive, or the heads do not divide the
   *     width
   */
  public ClipTextConfig {
    requirePositive("vocabulary", vocabulary);
    requirePositive("width", width);
    requirePositive("intermediate width", intermediateWidth);
    requirePositive("number of layers", layers);
    requirePositive("number of heads", heads);
    requirePositive("number of positions", positions);
    if (projection instanceof Projection.Shared(int shared)) {
      requirePositive("projection width", shared);
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "the heads of attention divide the width, got "
              + heads
              + " heads for a width of "
              + width);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon is positive, got " + epsilon);
    }
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the " + what + " is at least 1, got " + value);
    }
  }

  /**
   * The same encoder with more tokens.
   *
   * @param more tokens behind its own
   * @param mark the id of a text's end, which is not the largest any more
   * @return its sizes
   */
  public ClipTextConfig withTokens(int more, int mark) {
    return new ClipTextConfig(
        vocabulary + more,
        width,
        intermediateWidth,
        layers,
        heads,
        positions,
        activation,
        epsilon,
        new EndOfText.FirstOf(mark),
        projection);
  }

  /** {@return CLIP ViT-L/14, which Stable Diffusion 1 uses, and XL as its first encoder} */
  public static ClipTextConfig stableDiffusion1() {
    return published(768, 12, 12, Activation.QUICK_GELU, new Projection.None());
  }

  /** {@return OpenCLIP ViT-H/14 without its last layer, which Stable Diffusion 2 uses} */
  public static ClipTextConfig stableDiffusion2() {
    return published(1024, 23, 16, Activation.GELU, new Projection.None());
  }

  /** {@return OpenCLIP ViT-bigG/14, the second encoder of Stable Diffusion XL} */
  public static ClipTextConfig stableDiffusionXl() {
    return published(1280, 32, 20, Activation.GELU, new Projection.Shared(1280));
  }

  private static ClipTextConfig published(
      int width, int layers, int heads, Activation activation, Projection projection) {
    return new ClipTextConfig(
        49408,
        width,
        4 * width,
        layers,
        heads,
        77,
        activation,
        1e-5,
        new EndOfText.FirstOf(49407),
        projection);
  }
}
