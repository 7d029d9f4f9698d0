/**
 * The layers that networks are made of. A layer's constructor takes its sizes and its {@link
 * io.songe.nn.Parameters} at a path; {@code forward} computes. No architecture is here (see {@code
 * io.songe.model}), no file, no training. Read {@link io.songe.nn.Parameters} first.
 */
@NullMarked
package io.songe.nn;

import org.jspecify.annotations.NullMarked;
