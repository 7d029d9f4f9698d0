/**
 * Films of pictures: a {@link io.songe.film.Film} is frames in the order in which they are shown,
 * and a {@link io.songe.film.FilmFormat} writes it as APNG, GIF or MP4. Where frames come from is
 * not known here.
 */
@NullMarked
package io.songe.film;

import org.jspecify.annotations.NullMarked;
