/**
 * Pictures: {@link io.songe.image.Image} (read it first) holds pixels and knows how to crop, resize
 * and composite them, and how to become a network's float planes and back, with or without a
 * coverage plane. {@link io.songe.image.Png} is a picture with its texts, as a file; {@link
 * io.songe.image.ParametersText} is the form of the text in which many programs write how a picture
 * was made.
 *
 * <p>Not here: networks, requests, samplers, and the pixels of other file types. Only {@link
 * io.songe.image.ImageTensors} needs libtorch, and only {@link io.songe.image.BufferedImages} AWT,
 * so drawing and writing a picture never loads the latter.
 */
@NullMarked
package io.songe.image;

import org.jspecify.annotations.NullMarked;
