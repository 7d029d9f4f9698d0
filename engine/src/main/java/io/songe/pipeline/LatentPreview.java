package io.songe.pipeline;

import io.songe.image.Image;
import java.util.function.IntFunction;

/**
 * A preview whose latent is freed as soon as the listener returns that was told of it: from then on
 * there is none.
 */
final class LatentPreview implements Preview, AutoCloseable {
  private final IntFunction<Image> decode;
  private volatile boolean open = true;

  /**
   * A preview.
   *
   * @param decode given how many times smaller the picture is to be
   */
  LatentPreview(IntFunction<Image> decode) {
    this.decode = decode;
  }

  @Override
  public Image get() {
    return smaller(1);
  }

  @Override
  public Image smaller(int times) {
    if (!open) {
      throw new IllegalStateException(
          "a preview can be had only while the listener runs that was told of the step");
    }
    return decode.apply(times);
  }

  @Override
  public void close() {
    open = false;
  }
}
