package io.songe.pipeline;

import io.songe.image.Image;
import java.util.function.Supplier;

/**
 * A picture of an unfinished latent, made when it is asked for. The latent is freed as soon as the
 * listener returns that was told of it: from then on there is no preview.
 */
final class Preview implements Supplier<Image>, AutoCloseable {
  private final Supplier<Image> decode;
  private volatile boolean open = true;

  Preview(Supplier<Image> decode) {
    this.decode = decode;
  }

  @Override
  public Image get() {
    if (!open) {
      throw new IllegalStateException(
          "a preview can be had only while the listener runs that was told of the step");
    }
    return decode.get();
  }

  @Override
  public void close() {
    open = false;
  }
}
