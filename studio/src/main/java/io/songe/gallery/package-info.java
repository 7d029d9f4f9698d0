/**
 * The pictures that were made: plain PNG files in folders by day, and an index over them that can
 * be thrown away, since each file says all that the index knows of how it was made. {@link
 * io.songe.gallery.Gallery} is the door; {@link io.songe.gallery.Picture} one picture of it.
 *
 * <p>What people add (stars, favourites, collections, the trash) lies in small files beside the
 * pictures. Nothing here knows jobs, servers or users' rights: an owner is a name.
 */
@NullMarked
package io.songe.gallery;

import org.jspecify.annotations.NullMarked;
