package io.songe.format;

import io.songe.tensor.DType;
import io.songe.tensor.Shape;

/**
 * What one tensor of a file is, without its elements.
 *
 * @param name the name in the file
 * @param dtype the type of one element of {@link TensorSource#get}, which for a quantised tensor is
 *     not the type in the file
 * @param shape the extents, outermost first
 * @param storedBytes the bytes that it takes in the file, or unpacked if it is compressed there
 */
public record TensorInfo(String name, DType dtype, Shape shape, long storedBytes) {}
