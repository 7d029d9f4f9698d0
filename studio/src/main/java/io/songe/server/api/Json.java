package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out. What comes in has no duplicate keys and nothing after its end. */
final class Json {
  /** The longest phrases, several times over; pictures are sent otherwise. */
  private static final int MOST_BYTES = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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
      return Fields.of(MAPPER.readTree(bytes));
    } catch (JacksonException garbled) {
      throw Refused.request(
          "the body is not the JSON that is expected: "
              + FileLabel.shorten(garbled.getOriginalMessage()));
    }
  }
}
