/** Part of the wrong house: see {@link io.songe.architecture.wrong.tensor.Numbers}. */
@NullMarked
package io.songe.architecture.wrong.tensor;

import org.jspecify.annotations.NullMarked;
