package io.songe.data.source;

import java.io.Serial;

/** A drawing that cannot come into a corpus; its message says why, and the rest goes on. */
final class UnusableArtworkException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UnusableArtworkException(String why) {
    super(why);
  }

  UnusableArtworkException(String why, Throwable cause) {
    super(why, cause);
  }

  /** {@return why, in one sentence} */
  String why() {
    return String.valueOf(getMessage());
  }
}
