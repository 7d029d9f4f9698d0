package io.songe.nn;

import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * Named tensors, positioned at a path. A network's constructor steps into its blocks with {@link
 * #in} and asks for what it needs by name and shape, so the code that builds a network is also the
 * list of its checkpoint's names, and a missing or misshaped tensor fails where it is named. The
 * same network is built from a file or, when training, from an initialiser.
 *
 * <p>The tensors belong to whoever made the parameters and live as long as that.
 */
public interface Parameters {
  /**
   * Steps into a block.
   *
   * @param block one path element or several joined by dots, such as {@code "resnets.0"}
   * @return these parameters, positioned there
   */
  Parameters in(String block);

  /**
   * A tensor to compute with.
   *
   * @param name the last element of its path, such as {@code "weight"}
   * @param expected its shape
   * @return the tensor in the type in which the network computes
   * @throws io.songe.error.BrokenFileException if there is no such tensor, or of another shape
   */
  Tensor get(String name, Shape expected);

  /**
   * A tensor to compute with at full accuracy, whatever the network's type.
   *
   * @param name the last element of its path
   * @param expected its shape
   * @return the tensor as FLOAT32
   * @throws io.songe.error.BrokenFileException if there is no such tensor, or of another shape
   */
  Tensor exact(String name, Shape expected);

  /**
   * Several tensors as one, so that one product serves where the figure draws several.
   *
   * @param names paths from here, such as {@code "to_q.weight"}, {@code "to_k.weight"}
   * @param each the shape of every one
   * @return the tensors one after the other along dimension 0, in the network's type
   * @throws io.songe.error.BrokenFileException if one is missing or of another shape
   */
  Tensor joined(List<String> names, Shape each);

  /** {@return the type in which the network computes: FLOAT32 or BFLOAT16} */
  DType dtype();
}
