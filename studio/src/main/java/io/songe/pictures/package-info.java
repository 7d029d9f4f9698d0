/**
 * Pictures of other formats than PNG, in and out: {@link io.songe.pictures.PictureUpload} reads
 * what somebody sends and believes nothing of it, {@link io.songe.pictures.PictureFormat} writes
 * JPEG and WebP. PNG itself, and the texts in all of these, are the engine's.
 */
@NullMarked
package io.songe.pictures;

import org.jspecify.annotations.NullMarked;
