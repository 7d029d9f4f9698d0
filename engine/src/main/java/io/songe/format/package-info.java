/**
 * Files as they lie on disk, and nothing about models. {@link io.songe.format.TensorSource} is
 * where tensors come from, read it first; {@link io.songe.format.WeightsFile} opens a file of any
 * form by what is in it: safetensors, PyTorch's checkpoints (package {@code torch}) and GGUF
 * (package {@code gguf}). {@link io.songe.format.SafetensorsWriter} is where tensors go; {@link
 * io.songe.format.JsonConfig} reads options strictly. Whatever a file contains, hostile or damaged,
 * only {@link io.songe.error.BrokenFileException} comes out, and no memory is taken because a file
 * claims to need it. What tensors and options mean is settled in package checkpoint.
 */
@NullMarked
package io.songe.format;

import org.jspecify.annotations.NullMarked;
