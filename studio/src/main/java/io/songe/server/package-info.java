/**
 * HTTP: one {@link io.songe.server.Server} with several {@link io.songe.server.Door}s, each of
 * which speaks one interface and says failures in its own form. A door turns requests into wishes
 * and jobs into answers; it knows nothing of networks or files.
 */
@NullMarked
package io.songe.server;

import org.jspecify.annotations.NullMarked;
