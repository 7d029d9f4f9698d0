package io.songe.nn;

import io.songe.tensor.AffineMap;
import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.DoublingConvolution;
import io.songe.tensor.GatedMap;
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
   * A table to look rows up in. It stays in the type and, where that is possible, in the memory in
   * which it is stored: of a large table only few rows are ever read.
   *
   * @param name the last element of its path
   * @param expected its shape, {@code [entries, width]}
   * @return the tensor in the type in which it is stored
   * @throws io.songe.error.BrokenFileException if there is no such tensor, or of another shape
   */
  Tensor table(String name, Shape expected);

  /**
   * A convolution with the tensors {@code weight} and perhaps {@code bias} of this block.
   *
   * @param weight the shape of its weight, {@code [out, in, kernel, kernel]}
   * @param bias whether it has one, {@code [out]}
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param dtype in which it computes
   * @return the convolution
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  Convolution convolution(Shape weight, boolean bias, int stride, int padding, DType dtype);

  /**
   * A doubling of pictures' sides and a convolution behind it, with the tensors {@code weight} and
   * {@code bias} of this block.
   *
   * @param weight the shape of the convolution's weight, {@code [out, in, 3, 3]}
   * @return the operation
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  DoublingConvolution doublingConvolution(Shape weight);

  /**
   * Several affine maps of one input as one, so that one product serves where the figure draws
   * several.
   *
   * @param layers names of the blocks that hold {@code weight} and perhaps {@code bias}, such as
   *     {@code "to_q"}, {@code "to_k"}; the empty name is this block
   * @param weight the shape of every weight: {@code [out, in]}, or {@code [out, in, 1, 1]} where it
   *     is stored as a convolution's
   * @param bias whether they have biases, {@code [out]}
   * @return the map whose output is the maps' outputs one after the other
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  AffineMap affineMap(List<String> layers, Shape weight, boolean bias);

  /**
   * A gated map with the tensors {@code weight} and {@code bias} of this block.
   *
   * @param weight the shape of its weight, {@code [2 out, in]}: values above gates
   * @return the map
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  GatedMap gatedMap(Shape weight);

  /** {@return the type in which the network computes: FLOAT32 or BFLOAT16} */
  DType dtype();
}
