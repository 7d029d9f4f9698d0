package io.songe.tensor;

import java.lang.ref.Cleaner;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The stream of normally distributed numbers that PyTorch's CPU generator gives for a seed: a
 * Mersenne Twister (Matsumoto and Nishimura 1998) through the Box-Muller transform. Stateful: each
 * call goes on where the last one ended.
 */
public final class NormalGenerator {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Generator generator;

  /**
   * A stream from its beginning.
   *
   * @param seed any number
   */
  public NormalGenerator(long seed) {
    Backend.load();
    Generator made = torch.make_generator_cpu(seed);
    made.retainReference(); // beyond the present scope, for as long as this object lives
    CLEANER.register(this, made::releaseReference);
    generator = made;
  }

  /**
   * The next numbers of the stream.
   *
   * @param shape of the result
   * @return independent normal numbers of mean 0 and standard deviation 1, FLOAT32
   */
  public Tensor next(Shape shape) {
    return new Tensor(
        torch.randn(
            shape.toArray(),
            new GeneratorOptional(generator),
            new TensorOptions(torch.ScalarType.Float)));
  }
}
