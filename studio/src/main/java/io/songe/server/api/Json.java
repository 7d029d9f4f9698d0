package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.server.Fields;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out. */
final class Json {
  /** The longest phrases, several times over; pictures are sent otherwise. */
  private static final int MOST_BYTES = 1 << 20;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  /** Answers with an object. */
  static void answer(Context context, Object answer) {
    context.contentType("application/json").result(MAPPER.writeValueAsBytes(answer));
  }

  /** {@return an object as JSON of one line} */
  static String line(Object object) {
    return MAPPER.writeValueAsString(object);
  }

  /** {@return stored JSON, such as a recipe} */
  static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  /**
   * The object in a request's body.
   *
   * @throws io.songe.server.HttpFailure if it is too large or no JSON object
   */
  static Fields body(Context context) throws IOException {
    try (InputStream in = context.bodyInputStream()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw Refused.tooLarge("a request of JSON has at most " + MOST_BYTES + " bytes");
      }
      return Fields.of(bytes, Refused.DIALECT);
    }
  }
}
