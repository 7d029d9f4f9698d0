/** Part of the wrong house: see {@link io.songe.architecture.wrong.image.Whole}. */
@NullMarked
package io.songe.architecture.wrong.image;

import org.jspecify.annotations.NullMarked;
