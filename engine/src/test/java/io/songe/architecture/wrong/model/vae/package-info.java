/** Part of the wrong house: see {@link io.songe.architecture.wrong.model.vae.Vae}. */
@NullMarked
package io.songe.architecture.wrong.model.vae;

import org.jspecify.annotations.NullMarked;
