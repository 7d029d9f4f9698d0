package io.songe.text;

import java.util.List;

/**
 * Which tokens frame and fill a chunk, and which are recognised inside a text.
 *
 * @param begin the id that begins a chunk
 * @param end the id that ends it
 * @param pad the id that fills the rest
 * @param unknown the id of a byte that the vocabulary lacks
 * @param added the tokens recognised inside a text, each content once
 */
record SpecialTokens(int begin, int end, int pad, int unknown, List<AddedToken> added) {}
