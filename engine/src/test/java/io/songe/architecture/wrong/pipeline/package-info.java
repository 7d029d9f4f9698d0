/** Part of the wrong house: see {@link io.songe.architecture.wrong.pipeline.Prints}. */
@NullMarked
package io.songe.architecture.wrong.pipeline;

import org.jspecify.annotations.NullMarked;
