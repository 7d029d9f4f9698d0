/**
 * Numbers in shapes: {@link io.songe.tensor.Tensor} with its {@link io.songe.tensor.Shape} and
 * {@link io.songe.tensor.DType}, the operations of neural networks in {@link
 * io.songe.tensor.Functional}, and {@link io.songe.tensor.Scope}, which frees what was made inside
 * it. The only package that knows libtorch (through the JavaCPP presets): a wrong argument type in
 * the bindings compiles and reads garbage, so all calls stay here.
 */
@NullMarked
package io.songe.tensor;

import org.jspecify.annotations.NullMarked;
