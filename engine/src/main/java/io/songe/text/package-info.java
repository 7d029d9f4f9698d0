/**
 * Words on their way to the network: a {@link io.songe.text.Prompt} is what was asked, a {@link
 * io.songe.text.ClipTokenizer} turns it into {@link io.songe.text.TokenIds}, whole numbers that a
 * text encoder looks up, in {@link io.songe.text.WeightedChunk}s of one length. {@link
 * io.songe.text.ClipTokenizer} is the type to read first. Tokenizers are read from published
 * folders with their foreign names, and give the ids of the reference on any text. What the signs
 * in a prompt mean is in {@code syntax} below. Not here: embeddings, which belong to the models;
 * there are no tensors in this package.
 */
@NullMarked
package io.songe.text;

import org.jspecify.annotations.NullMarked;
