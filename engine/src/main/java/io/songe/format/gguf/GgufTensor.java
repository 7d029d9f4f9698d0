package io.songe.format.gguf;

import io.songe.tensor.Shape;

/**
 * Where one tensor lies.
 *
 * @param name the name in the file
 * @param type of its elements
 * @param shape the extents, outermost first (the file has them innermost first)
 * @param start its first byte in the file
 * @param bytes its length
 */
public record GgufTensor(String name, GgufType type, Shape shape, long start, long bytes) {}
