package io.songe.data;

/**
 * Something that did not come into a corpus.
 *
 * @param what the key of a drawing, or the name of a file
 * @param why in one sentence
 */
public record Skipped(String what, String why) {}
