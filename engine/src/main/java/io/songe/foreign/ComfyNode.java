package io.songe.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One node of a {@link ComfyGraph}.
 *
 * @param id under which others link to it
 * @param type of node
 * @param inputs by name: values, or links to other nodes
 */
record ComfyNode(String id, String type, ObjectNode inputs) {
  /**
   * What an input is linked to.
   *
   * @param node the id of another node
   * @param output which of its outputs, from 0
   */
  record Link(String node, int output) {}

  /** {@return the link of an input, if it has one} */
  Optional<Link> link(String input) {
    return Optional.ofNullable(inputs.get(input)).flatMap(ComfyNode::asLink);
  }

  /** {@return all links, in the order of the inputs} */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    inputs.forEach(value -> asLink(value).ifPresent(links::add));
    return links;
  }

  private static Optional<Link> asLink(JsonNode value) {
    boolean link =
        value.isArray()
            && value.size() == 2
            && (value.get(0).isString() || value.get(0).isIntegralNumber())
            && value.get(1).isInt();
    return link
        ? Optional.of(new Link(value.get(0).asString(), value.get(1).intValue()))
        : Optional.empty();
  }

  /** {@return an input that is a text or a number} */
  Optional<String> value(String input) {
    return Optional.ofNullable(inputs.get(input))
        .filter(value -> value.isString() || value.isNumber())
        .map(JsonNode::asString);
  }

  /** {@return its inputs that are no links, for people} */
  String description() {
    return inputs.properties().stream()
        .filter(input -> input.getValue().isValueNode())
        .map(input -> input.getKey() + ": " + ForeignJson.shown(input.getValue()))
        .collect(Collectors.joining(", "));
  }
}
