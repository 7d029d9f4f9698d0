/** Part of the wrong house: see {@link io.songe.architecture.wrong.text.KnowsTensors}. */
@NullMarked
package io.songe.architecture.wrong.text;

import org.jspecify.annotations.NullMarked;
