/**
 * The bundled model {@code songe-mini}, as a resource: {@link io.songe.mini.SongeMini} opens it or
 * says where it lies. Its card, with the sources and licences of what it was trained on, is {@code
 * model/README.md} beside the weights.
 */
@NullMarked
package io.songe.mini;

import org.jspecify.annotations.NullMarked;
