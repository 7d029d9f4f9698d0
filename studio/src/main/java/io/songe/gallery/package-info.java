/**
 * The pictures that were made: plain PNG files in folders by owner and day, and an index over them
 * that can be thrown away, since the files say all that it knows. {@link io.songe.gallery.Gallery}
 * is the door; {@link io.songe.gallery.Picture} one picture of it.
 *
 * <p>A file's texts say how its picture was made, and in one text of the gallery's own when it was
 * added, in which style, and what it looks like ({@link io.songe.gallery.Imprint}). What people add
 * later (stars, favourites, collections) lies in small files beside the pictures ({@link
 * io.songe.gallery.Marks}); the trash is a folder. {@link io.songe.gallery.Catalogue} keeps files
 * and index in step. Nothing here knows jobs, servers or users' rights: an owner is a name.
 */
@NullMarked
package io.songe.gallery;

import org.jspecify.annotations.NullMarked;
