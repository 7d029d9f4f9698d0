package io.songe.server.api;

import io.songe.error.InvalidRequestException;
import io.songe.server.Failure;
import io.songe.server.FieldDialect;
import io.songe.server.HttpFailure;
import java.util.Optional;

/** The refusals of this interface. */
final class Refused {
  /** Values are taken as what they are; what is wrong with them is 400. */
  static final FieldDialect DIALECT = () -> 400;

  private Refused() {}

  /** {@return a value that cannot be: 400, with the field's name} */
  static HttpFailure field(String name, String message) {
    return new HttpFailure(new Failure(400, message, Optional.of(name), Optional.empty()));
  }

  /** {@return what is not there, or is somebody else's: 404} */
  static HttpFailure missing(String what) {
    return new HttpFailure(Failure.of(404, "there is no such " + what));
  }

  /** {@return a request that cannot be understood as a whole: 400} */
  static HttpFailure request(String message) {
    return new HttpFailure(Failure.of(400, message));
  }

  /** {@return what cannot be done with a thing as it is now: 409} */
  static HttpFailure state(InvalidRequestException why) {
    return new HttpFailure(Failure.of(409, String.valueOf(why.getMessage())));
  }

  /** {@return a body that is larger than is taken: 413} */
  static HttpFailure tooLarge(String message) {
    return new HttpFailure(Failure.of(413, message));
  }

  /** {@return a body of a kind that is not taken: 415} */
  static HttpFailure kind(String message) {
    return new HttpFailure(Failure.of(415, message));
  }
}
