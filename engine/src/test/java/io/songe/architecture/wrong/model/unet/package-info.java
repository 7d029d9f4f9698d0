/** Part of the wrong house: see {@link io.songe.architecture.wrong.model.unet.KnowsVae}. */
@NullMarked
package io.songe.architecture.wrong.model.unet;

import org.jspecify.annotations.NullMarked;
