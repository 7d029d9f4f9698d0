package io.songe.train.autoencoder;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.random.Draws;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Squares cut out of pictures at random places, half of them mirrored, some of them laid over an
 * opaque colour, so that grounds are learned as well as transparency. What is in a step depends on
 * the seed and the step's number alone. Many small squares teach an autoencoder of this kind more
 * in a given time than few large ones.
 */
final class Crops {
  // what is drawn for each square
  private static final long PICTURE = 0;
  private static final long LEFT = 1;
  private static final long TOP = 2;
  private static final long MIRROR = 3;
  private static final long GROUND = 4;
  private static final long RED = 5;
  private static final long GREEN = 6;
  private static final long BLUE = 7;

  private static final double MIRRORED = .5;
  private static final double OPAQUE = .15;
  private static final int LEVELS = 256;

  private final Pictures pictures;
  private final int channels;
  private final int batch;
  private final int side;
  private final Draws draws;

  /**
   * Squares of pictures.
   *
   * @param pictures that are cut
   * @param channels 3 for the colour on white, 4 for that and the coverage
   * @param batch how many a step has
   * @param side of each in pixels, at most that of the pictures
   * @param draws decide
   */
  Crops(Pictures pictures, int channels, int batch, int side, Draws draws) {
    this.pictures = pictures;
    this.channels = channels;
    this.batch = batch;
    this.side = side;
    this.draws = draws;
  }

  /** {@return how many a step has} */
  int batch() {
    return batch;
  }

  /**
   * One part of a step's squares.
   *
   * @param step from 0
   * @param part from 0
   * @param parts into how many the step's squares are divided, at most as many as there are
   * @return {@code [batch / parts, channels, side, side]}, in [-1, 1]; the last part has what is
   *     left over too
   */
  Tensor at(long step, int part, int parts) {
    int each = batch / parts;
    int end = part == parts - 1 ? batch : (part + 1) * each;
    List<Tensor> squares = new ArrayList<>();
    for (int i = part * each; i < end; i++) {
      squares.add(square(step * batch + i));
    }
    return Tensor.concat(squares, 0);
  }

  private Tensor square(long position) {
    List<Integer> training = pictures.training();
    Image picture = pictures.at().apply(training.get(below(training.size(), PICTURE, position)));
    int places = pictures.side() - side + 1;
    Image cut =
        picture.crop(below(places, LEFT, position), below(places, TOP, position), side, side);
    Image grounded = uniform(GROUND, position) < OPAQUE ? cut.over(colour(position)) : cut;
    Tensor square = ImageTensors.toTensor(grounded, channels);
    return uniform(MIRROR, position) < MIRRORED ? square.flip(3) : square;
  }

  private Colour colour(long position) {
    return Colour.opaque(
        below(LEVELS, RED, position),
        below(LEVELS, GREEN, position),
        below(LEVELS, BLUE, position));
  }

  private int below(int bound, long purpose, long position) {
    return draws.below(bound, purpose, position);
  }

  private double uniform(long purpose, long position) {
    return draws.uniform(purpose, position);
  }
}
