/** Part of the wrong house: see {@link io.songe.architecture.wrong.nn.KnowsLibtorch}. */
@NullMarked
package io.songe.architecture.wrong.nn;

import org.jspecify.annotations.NullMarked;
