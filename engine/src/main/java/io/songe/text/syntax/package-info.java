/**
 * What people write into prompts beside words: weights, breaks, phrases that change over the steps,
 * several phrases at once, and the names of extra networks. {@link
 * io.songe.text.syntax.PromptSyntax} says whether a prompt is read so and is the type to read
 * first; {@link io.songe.text.syntax.Composition} is a whole prompt, {@link
 * io.songe.text.syntax.EditedText} one phrase over all steps, {@link
 * io.songe.text.syntax.WeightedText} that phrase at one step. Any text can be read; what is not
 * understood is plain text. No tokens here and no tensors: what weights do to features is {@code
 * io.songe.model}'s.
 */
@NullMarked
package io.songe.text.syntax;

import org.jspecify.annotations.NullMarked;
