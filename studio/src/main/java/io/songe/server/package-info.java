/**
 * HTTP: one {@link io.songe.server.Server} with several {@link io.songe.server.Door}s, each of
 * which speaks one interface and says failures in its own form. A door turns requests into wishes
 * and jobs into answers; it knows nothing of networks or files. What is sent is read strictly by
 * {@link io.songe.server.Fields}, in each door's own words.
 */
@NullMarked
package io.songe.server;

import org.jspecify.annotations.NullMarked;
