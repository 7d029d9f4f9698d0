/**
 * The models at hand: what lies in the models folder, where each came from and what its files hash
 * to, and how one is fetched from a hub that speaks the published interface. Nothing here opens a
 * network, draws, prints or asks; the command line does. Read {@link io.songe.models.ModelsFolder}
 * first, then {@link io.songe.models.ModelPull}.
 */
@NullMarked
package io.songe.models;

import org.jspecify.annotations.NullMarked;
