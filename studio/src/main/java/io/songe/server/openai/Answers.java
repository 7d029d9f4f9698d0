package io.songe.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What is answered, as the interface's own description lays it out. */
final class Answers {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Answers() {}

  /** {@return an answer as one line of JSON} */
  static byte[] json(Object answer) {
    return JSON.writeValueAsBytes(answer);
  }

  /** All pictures of a request. */
  record Images(
      long created,
      List<Data> data,
      String background,
      String outputFormat,
      String size,
      String quality,
      Usage usage) {}

  /** One picture: its file, or a link to it. */
  record Data(
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> b64Json,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> url,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> revisedPrompt) {}

  /** A picture that is sent in a stream, as it is so far or done. */
  record Streamed(
      String type,
      String b64Json,
      long createdAt,
      String size,
      String quality,
      String background,
      String outputFormat,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> partialImageIndex,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Usage> usage) {}

  /** How much was read and drawn. */
  record Usage(
      int totalTokens,
      int inputTokens,
      int outputTokens,
      Tokens inputTokensDetails,
      Tokens outputTokensDetails) {}

  /** Tokens of words and of pictures. */
  record Tokens(int textTokens, int imageTokens) {}

  /** The models at hand. */
  record Models(String object, List<Model> data) {}

  /** One model. */
  record Model(String id, String object, long created, String ownedBy) {}

  /** A failure. */
  record Refused(Reason error) {}

  /** Why. */
  record Reason(String message, String type, Optional<String> param, Optional<String> code) {}
}
