/**
 * The interface of OpenAI for pictures, so that programs written for it draw here once their
 * address is changed: {@code /v1/images/generations}, {@code edits}, {@code variations} and {@code
 * /v1/models}. {@link io.songe.server.openai.OpenAiDoor} has the routes; docs/openai.md says what
 * is understood, mapped and refused.
 *
 * <p>A request is read ({@code Form}, {@code Written}, {@code Settings}), becomes a wish, and is
 * followed until it is drawn ({@code Commission}): requests of this interface wait for their
 * pictures. Nothing here draws, stores or decides who may ask.
 */
@NullMarked
package io.songe.server.openai;

import org.jspecify.annotations.NullMarked;
