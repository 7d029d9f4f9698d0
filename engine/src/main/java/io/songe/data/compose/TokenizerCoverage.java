package io.songe.data.compose;

/**
 * How well a tokenizer covers the captions of a language.
 *
 * @param captions how many were looked at
 * @param tokensPerWord on average
 * @param wholeWords the share of words that are one token, of one
 * @param longest how many tokens the longest caption has, begin and end included
 * @param cutOff the share of captions that are longer than a chunk, of one
 */
public record TokenizerCoverage(
    int captions, double tokensPerWord, double wholeWords, int longest, double cutOff) {}
