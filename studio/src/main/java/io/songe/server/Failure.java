package io.songe.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a request was refused or failed.
 *
 * @param status of HTTP: 400 for the caller's mistake, 401, 403, 404, 405, 409, 413, 415, 429, 500,
 *     503, 507
 * @param message for whoever reads it; never has a path of this machine or a secret
 * @param parameter the field that was wrong, if it was one
 * @param retryAfter when to try again, with 429 and 503
 */
public record Failure(
    int status, String message, Optional<String> parameter, Optional<Duration> retryAfter) {
  /** {@return a failure without more to say} */
  public static Failure of(int status, String message) {
    return new Failure(status, message, Optional.empty(), Optional.empty());
  }
}
