package io.songe.evaluate.judge;

/**
 * How well things drawn in one style are found among drawings in another.
 *
 * @param from style of the queries
 * @param to style of the candidates
 * @param judge how often the judge finds them
 * @param pixels how often they are found by the nearest pixels at 16x16
 */
public record StylePair(String from, String to, Retrieval judge, Retrieval pixels) {}
