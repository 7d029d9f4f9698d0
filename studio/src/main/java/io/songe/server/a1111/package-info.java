/**
 * The interface of the AUTOMATIC1111 web UI, {@code /sdapi/v1}, for the many programs that speak
 * it. Begin with {@link io.songe.server.a1111.A1111Door}; {@code docs/a1111.md} says what is
 * understood and what differs.
 *
 * <p>Its habits stay in here: fields with defaults, lists in its forms, a request that answers when
 * the pictures are drawn. Jobs, pictures and models are the studio's, which knows nothing of it.
 */
@NullMarked
package io.songe.server.a1111;

import org.jspecify.annotations.NullMarked;
