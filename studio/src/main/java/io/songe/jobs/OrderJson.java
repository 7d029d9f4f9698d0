package io.songe.jobs;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.pipeline.Recipe;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Orders as they are stored; the recipe is in its own form, so that it can grow by itself. */
final class OrderJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private OrderJson() {}

  static String write(Order order) {
    ObjectNode json = JSON.createObjectNode();
    json.put("owner", order.owner());
    json.put("door", order.door().name());
    json.set("recipe", JSON.readTree(order.recipe().toJson()));
    json.put("style", order.style());
    json.put("count", order.count());
    order
        .travel()
        .ifPresent(travel -> {
          ObjectNode way = json.putObject("travel");
          travel.toPhrase().ifPresent(phrase -> way.put("toPhrase", phrase));
          travel.toSeed().ifPresent(seed -> way.put("toSeed", seed));
          way.put("frames", travel.frames());
        });
    json.put("traced", order.traced());
    json.put("kept", order.kept());
    return json.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BrokenFileException if a later version wrote it, or nobody
   */
  static Order read(String stored) {
    try {
      JsonNode json = JSON.readTree(stored);
      return new Order(
          json.required("owner").stringValue(),
          Order.Door.valueOf(json.required("door").stringValue()),
          Recipe.fromJson(json.required("recipe").toString()),
          json.required("style").stringValue(),
          json.required("count").intValue(),
          Optional.ofNullable(json.get("travel")).map(OrderJson::travel),
          json.required("traced").booleanValue(),
          json.required("kept").booleanValue());
    } catch (JacksonException | IllegalArgumentException garbled) {
      throw new BrokenFileException(
          "an order in the queue cannot be understood: "
              + FileLabel.shorten(String.valueOf(garbled.getMessage())),
          garbled);
    }
  }

  private static Order.Travel travel(JsonNode way) {
    return new Order.Travel(
        Optional.ofNullable(way.get("toPhrase")).map(JsonNode::stringValue),
        Optional.ofNullable(way.get("toSeed")).map(JsonNode::longValue),
        way.required("frames").intValue());
  }
}
