package io.songe.image;

import io.songe.error.EngineException;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * The way from a network's pixels to a picture and back, apart so that pictures need no libtorch.
 */
public final class ImageTensors {
  private ImageTensors() {}

  /**
   * The picture that a decoder has drawn; see {@link Image#fromPlanes}.
   *
   * @param pixels [channels, height, width] or [1, channels, height, width] with 3 or 4 channels,
   *     in [-1, 1]
   * @return the picture
   * @throws EngineException if the shape is another, or a value is not a number
   */
  public static Image toImage(Tensor pixels) {
    Shape shape = pixels.shape();
    boolean batched = shape.rank() == 4 && shape.dim(0) == 1;
    if (!batched && shape.rank() != 3) {
      throw new EngineException("one picture is [channels, height, width], got " + shape);
    }
    int height = Math.toIntExact(shape.dim(-2));
    int width = Math.toIntExact(shape.dim(-1));
    return Image.fromPlanes(width, height, pixels.toFloats());
  }

  /**
   * The pixels that an encoder takes; see {@link Image#toPlanes}.
   *
   * @param image the picture
   * @param channels 3 for the colour composited on white, 4 for that and the coverage
   * @return [1, channels, height, width], in [-1, 1]
   * @throws EngineException if channels is neither
   */
  public static Tensor toTensor(Image image, int channels) {
    return Tensor.of(image.toPlanes(channels), 1, channels, image.height(), image.width());
  }
}
