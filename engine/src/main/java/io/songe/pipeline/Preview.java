package io.songe.pipeline;

import io.songe.image.Image;
import java.util.function.Supplier;

/** A picture of an unfinished latent, decoded when it is asked for. */
public interface Preview extends Supplier<Image> {
  /**
   * {@return the whole preview} Costs as much as decoding the finished picture, which for some
   * models is more than a step.
   */
  @Override
  Image get();

  /**
   * A smaller preview of less detail, which costs less by about the square of how much smaller it
   * is: squares of the latent are averaged before it is decoded.
   *
   * @param times how many times smaller its sides shall be, at least 1, such as 2, 4, 8
   * @return the preview; its sides are as much smaller as they can be divided by a power of two up
   *     to that
   */
  Image smaller(int times);

  /**
   * {@return the picture that the step arrived at, with the noise that is left in it} Both are
   * shrunk alike, so that much noise does not glare. Costs as much as {@link #get()}.
   */
  Image noisy();
}
