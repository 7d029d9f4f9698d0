package io.songe.evaluate;

/**
 * How far an evaluation is.
 *
 * @param drawn pictures so far
 * @param total of all
 */
public record EvaluationProgress(int drawn, int total) {}
