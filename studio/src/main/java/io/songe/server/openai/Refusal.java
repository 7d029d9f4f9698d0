package io.songe.server.openai;

import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import java.util.Optional;

/** Requests that are refused. */
final class Refusal {
  private Refusal() {}

  /** {@return the refusal of a field for what is in it} */
  static HttpFailure ofField(String field, String message) {
    return ofField(400, field, message);
  }

  /** {@return the refusal of a field, with another status than 400} */
  static HttpFailure ofField(int status, String field, String message) {
    return new HttpFailure(new Failure(status, message, Optional.of(field), Optional.empty()));
  }

  /** {@return the refusal of a whole request} */
  static HttpFailure of(int status, String message) {
    return new HttpFailure(Failure.of(status, message));
  }
}
