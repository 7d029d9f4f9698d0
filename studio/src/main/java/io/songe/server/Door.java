package io.songe.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** One interface that the server speaks. */
public interface Door extends AutoCloseable {
  /** {@return how the paths of its routes begin, such as {@code /api/}} */
  Set<String> prefixes();

  /** Adds its routes, all of which begin with one of its prefixes. */
  void addTo(RoutesConfig routes);

  /** Answers a request that failed, in this interface's own form. */
  void fail(Context context, Failure failure);

  /**
   * {@return whether a path may be read by whoever knows it, without a token} Such a path is a
   * secret itself, as the address of a picture that a client was told.
   *
   * @param path below one of its prefixes
   */
  default boolean isOpen(String path) {
    return false;
  }

  /**
   * {@return whether bodies sent to a path may be as large as a model's weights}
   *
   * @param path below one of its prefixes
   */
  default boolean takesModels(String path) {
    return false;
  }

  /** Ends what would not end by itself, such as streams of events, since the server stops. */
  @Override
  default void close() {}
}
