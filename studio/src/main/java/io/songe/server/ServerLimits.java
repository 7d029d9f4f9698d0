package io.songe.server;

import java.time.Duration;

/**
 * How much one server takes, so that nobody can fill its memory or hold its connections.
 *
 * @param bodyBytes the longest body of a request; 413 above
 * @param modelBytes the longest where a door takes the weights of a model
 * @param parts how many parts a multipart body may have
 * @param headerBytes the longest head of a request; 431 above
 * @param connections how many are held at once; others wait until one is closed
 * @param requestsOfOne how many requests of one caller are answered at once; 429 above
 * @param idle after which a connection is closed on which nothing moves
 * @param head within which a request's head must have come
 * @param bytesPerSecond how fast a body has to come at least, after as long as {@code head}
 * @param patience how long requests are waited for when the server stops
 */
public record ServerLimits(
    long bodyBytes,
    long modelBytes,
    int parts,
    int headerBytes,
    int connections,
    int requestsOfOne,
    Duration idle,
    Duration head,
    int bytesPerSecond,
    Duration patience) {
  private static final long MEBI = 1L << 20;

  /** For a machine of one's own, and for a few friends. */
  public static final ServerLimits USUAL =
      new ServerLimits(
          64 * MEBI,
          32 * 1024 * MEBI,
          64,
          16 * 1024,
          512,
          128,
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          1024,
          Duration.ofSeconds(10));
}
