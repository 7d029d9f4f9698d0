package io.songe.server;

import io.javalin.http.Context;

/**
 * Who sends a request, as the server made sure.
 *
 * @param user the name that jobs and pictures belong to
 */
public record Caller(String user) {
  /** The only user of a studio that is open to this machine alone. */
  public static final Caller LOCAL = new Caller("local");

  /** Whoever asks for what is open to everybody; owns nothing. */
  static final Caller NOBODY = new Caller("");

  static final String ATTRIBUTE = "io.songe.caller";

  /** {@return who sent this request} */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    if (caller == null) {
      throw new IllegalStateException("the request went past the guard");
    }
    return caller;
  }
}
