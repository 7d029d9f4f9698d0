/**
 * How other programs say that a picture was made. {@link io.songe.foreign.ForeignRecipe} (read it
 * first) finds out which program wrote a picture's texts and reads what they mean; each program has
 * a reader of its own. What was read but has no place in a recipe is kept as {@link
 * io.songe.foreign.Remark}s, so that nobody ignores it unknowingly.
 *
 * <p>Not here: files (see {@link io.songe.image.PictureTexts}), and drawing. All texts are foreign:
 * of bounded length, but not fit for a terminal.
 */
@NullMarked
package io.songe.foreign;

import org.jspecify.annotations.NullMarked;
