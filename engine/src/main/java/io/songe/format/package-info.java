/**
 * Files as they lie on disk, and nothing about models: safetensors, whole or in shards, and the
 * JSON of published configurations. {@link io.songe.format.TensorSource} is where tensors come
 * from, read it first; {@link io.songe.format.SafetensorsWriter} is where they go; {@link
 * io.songe.format.JsonConfig} reads options strictly. Whatever a file contains, hostile or damaged,
 * only {@link io.songe.error.BrokenFileException} comes out, and no memory is taken because a file
 * claims to need it. What tensors and options mean is settled in package checkpoint.
 */
@NullMarked
package io.songe.format;

import org.jspecify.annotations.NullMarked;
