package io.songe.server;

/** A request that ends with a {@link Failure}: thrown by doors, answered by the server. */
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  /** The end of a request. */
  public HttpFailure(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** {@return what is answered} */
  public Failure failure() {
    return failure;
  }
}
