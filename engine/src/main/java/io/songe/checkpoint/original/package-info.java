/**
 * The names that the authors of Stable Diffusion gave to the tensors of their checkpoints, in which
 * most models of one file are published to this day: which of ours is which of theirs, and configs
 * read off the shapes, as such files say nothing else. Files are not opened here. Read {@link
 * io.songe.checkpoint.original.OriginalModel} first.
 */
@NullMarked
package io.songe.checkpoint.original;

import org.jspecify.annotations.NullMarked;
