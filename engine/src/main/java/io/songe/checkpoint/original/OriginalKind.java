package io.songe.checkpoint.original;

/** The kinds of Stable Diffusion that were published as one file with the original names. */
public enum OriginalKind {
  /** Version 1: OpenAI's CLIP. */
  STABLE_DIFFUSION_1("Stable Diffusion 1", 0.18215, 0),
  /** Version 2: OpenCLIP. */
  STABLE_DIFFUSION_2("Stable Diffusion 2", 0.18215, 0),
  /** XL's base model: both. */
  XL("Stable Diffusion XL", 0.13025, 6),
  /** XL's refiner: OpenCLIP. */
  XL_REFINER("the refiner of Stable Diffusion XL", 0.13025, 5);

  private final String title;
  private final double latentScale;
  private final int numbers;

  OriginalKind(String title, double latentScale, int numbers) {
    this.title = title;
    this.latentScale = latentScale;
    this.numbers = numbers;
  }

  /** {@return what to call it} */
  public String title() {
    return title;
  }

  /** What raw latents are multiplied by. */
  double latentScale() {
    return latentScale;
  }

  /** How many numbers about the picture the U-Net is given beside the text. */
  int numbers() {
    return numbers;
  }
}
