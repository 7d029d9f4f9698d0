/**
 * Words on their way to the network: a {@link io.songe.text.Prompt} is what was asked, a {@link
 * io.songe.text.ClipTokenizer} turns it into {@link io.songe.text.TokenIds}, whole numbers that a
 * text encoder looks up. {@link io.songe.text.ClipTokenizer} is the type to read first. Tokenizers
 * are read from published folders with their foreign names, and give the ids of the reference on
 * any text. Not here: embeddings, which belong to the models; there are no tensors in this package.
 */
@NullMarked
package io.songe.text;

import org.jspecify.annotations.NullMarked;
