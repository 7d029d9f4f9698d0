/** Part of the wrong house: see {@link io.songe.architecture.wrong.error.Refused}. */
@NullMarked
package io.songe.architecture.wrong.error;

import org.jspecify.annotations.NullMarked;
