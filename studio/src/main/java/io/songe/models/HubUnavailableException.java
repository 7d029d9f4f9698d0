package io.songe.models;

/**
 * A hub that cannot be reached, breaks off again and again, or wants to be left alone for a while.
 * Neither the user's mistake nor a broken file; what was fetched is kept, and trying again later
 * goes on from there.
 */
public final class HubUnavailableException extends RuntimeException {
  /**
   * A hub that does not answer as it should.
   *
   * @param message what happened and what to do
   */
  public HubUnavailableException(String message) {
    super(message);
  }

  /**
   * A hub that does not answer as it should.
   *
   * @param message what happened and what to do
   * @param cause what was underneath
   */
  public HubUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
