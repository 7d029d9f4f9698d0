/**
 * Published checkpoints: the folder layout and its file names, the options in its JSON files and
 * the names of its tensors, turned into configs, {@link io.songe.nn.Parameters} and networks, and
 * back. All foreign names live here and nowhere else. Read {@link io.songe.checkpoint.ModelFolder}
 * first.
 */
@NullMarked
package io.songe.checkpoint;

import org.jspecify.annotations.NullMarked;
