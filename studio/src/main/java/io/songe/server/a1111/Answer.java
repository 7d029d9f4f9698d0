package io.songe.server.a1111;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Answers of JSON. */
final class Answer {
  private static final String TYPE = "application/json";

  private Answer() {}

  /** Answers with JSON. */
  static void json(Context context, JsonNode answer) {
    context.contentType(TYPE).result(answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with {@code null}, as the web UI does where there is nothing to say. */
  static void nothing(Context context) {
    json(context, RequestFields.JSON.nullNode());
  }
}
