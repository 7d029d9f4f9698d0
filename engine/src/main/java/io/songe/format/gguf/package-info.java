/**
 * The form of files in which quantised weights are passed around. {@link
 * io.songe.format.gguf.GgufHeader} is read first: it says what lies where. {@link
 * io.songe.format.gguf.GgufType} lists the types of tensors; {@code SmallBlocks} and {@code
 * LargeBlocks} turn their blocks into numbers, {@link io.songe.format.gguf.Dequantisation} whole
 * tensors.
 */
@NullMarked
package io.songe.format.gguf;

import org.jspecify.annotations.NullMarked;
