/** Part of the wrong house: see {@link io.songe.architecture.wrong.image.part.Part}. */
@NullMarked
package io.songe.architecture.wrong.image.part;

import org.jspecify.annotations.NullMarked;
