package io.songe.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** One interface that the server speaks. */
public interface Door {
  /** {@return how the paths of its routes begin, such as {@code /api/}} */
  Set<String> prefixes();

  /** Adds its routes, all of which begin with one of its prefixes. */
  void addTo(RoutesConfig routes);

  /** Answers a request that failed, in this interface's own form. */
  void fail(Context context, Failure failure);
}
