package io.songe.format;

import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * One type of option value.
 *
 * @param words how messages call it
 * @param accepts whether a value is of it
 * @param value turns such a value into Java's
 */
record JsonKind<T>(String words, Predicate<JsonNode> accepts, Function<JsonNode, T> value) {
  static final JsonKind<String> TEXT =
      new JsonKind<>("a text", JsonNode::isString, JsonNode::stringValue);
  static final JsonKind<Boolean> FLAG =
      new JsonKind<>("true or false", JsonNode::isBoolean, JsonNode::booleanValue);
  static final JsonKind<Integer> INTEGER =
      new JsonKind<>(
          "a whole number (32 bits)",
          node -> node.isIntegralNumber() && node.canConvertToInt(),
          JsonNode::intValue);
  static final JsonKind<Long> LONG_INTEGER =
      new JsonKind<>(
          "a whole number (64 bits)",
          node -> node.isIntegralNumber() && node.canConvertToLong(),
          JsonNode::longValue);
  static final JsonKind<Double> NUMBER =
      new JsonKind<>(
          "a finite number",
          node -> node.isNumber() && Double.isFinite(node.asDouble()),
          JsonNode::asDouble);
  static final JsonKind<Double> NUMBER_OR_INFINITY =
      new JsonKind<>(
          "a number or an infinity",
          node -> node.isNumber() && !Double.isNaN(node.asDouble()),
          JsonNode::asDouble);
}
