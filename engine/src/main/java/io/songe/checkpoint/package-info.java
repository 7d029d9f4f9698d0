/**
 * Published checkpoints: the folder layout and its file names, the options in its JSON files and
 * the names of its tensors, turned into configs, {@link io.songe.nn.Parameters} and networks, and
 * back; and models of one file, with the names of the original program. All foreign names live here
 * and below, and nowhere else. Read {@link io.songe.checkpoint.ModelFolder} first, then {@link
 * io.songe.checkpoint.SingleFile}.
 */
@NullMarked
package io.songe.checkpoint;

import org.jspecify.annotations.NullMarked;
