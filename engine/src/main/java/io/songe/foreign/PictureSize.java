package io.songe.foreign;

/**
 * The size of a picture as a file says it.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record PictureSize(int width, int height) {}
