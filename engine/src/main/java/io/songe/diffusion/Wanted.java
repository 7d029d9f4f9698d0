package io.songe.diffusion;

/**
 * One of the things that samples shall fit.
 *
 * @param conditioning what
 * @param weight how much it counts; 1 for a thing that is wanted alone, below 0 to keep away from
 *     it
 */
public record Wanted(Conditioning conditioning, double weight) {}
