/**
 * New pictures from drawings, with captions that are true: recoloured, on backgrounds, small,
 * several beside each other. {@link io.songe.data.compose.Composer} is first.
 */
@NullMarked
package io.songe.data.compose;

import org.jspecify.annotations.NullMarked;
