package io.songe.pipeline;

import io.songe.image.Image;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A preview whose latent is freed as soon as the listener returns that was told of it: from then on
 * there is none.
 */
final class LatentPreview implements Preview, AutoCloseable {
  private final IntFunction<Image> decode;
  private final Supplier<Image> decodeNoisy;
  private volatile boolean open = true;

  /**
   * A preview.
   *
   * @param decode given how many times smaller the picture is to be
   * @param decodeNoisy gives the picture with its noise
   */
  LatentPreview(IntFunction<Image> decode, Supplier<Image> decodeNoisy) {
    this.decode = decode;
    this.decodeNoisy = decodeNoisy;
  }

  @Override
  public Image get() {
    return smaller(1);
  }

  @Override
  public Image smaller(int times) {
    requireOpen();
    return decode.apply(times);
  }

  @Override
  public Image noisy() {
    requireOpen();
    return decodeNoisy.get();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException(
          "a preview can be had only while the listener runs that was told of the step");
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
