package io.songe.foreign;

import io.songe.foreign.ComfyNode.Link;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The graph that ComfyUI carries out and stores in its pictures: nodes by id, whose inputs are
 * values or links to other nodes' outputs. Links may lead nowhere, or in circles.
 */
final class ComfyGraph {
  /** Where nodes that give one value keep it. */
  private static final List<String> VALUES =
      List.of("value", "text", "string", "seed", "noise_seed", "int", "float", "number");

  /** Over how many nodes a value is looked for. */
  private static final int FARTHEST = 32;

  private final Map<String, ComfyNode> nodes;
  private final Set<String> seen = new HashSet<>();

  private ComfyGraph(Map<String, ComfyNode> nodes) {
    this.nodes = nodes;
  }

  /** {@return the graph; empty if this is another kind of object} */
  static Optional<ComfyGraph> of(ObjectNode json) {
    Map<String, ComfyNode> nodes = new LinkedHashMap<>();
    json.properties()
        .forEach(field -> {
          JsonNode type = field.getValue().path("class_type");
          if (type.isString() && field.getValue().path("inputs") instanceof ObjectNode inputs) {
            nodes.put(field.getKey(), new ComfyNode(field.getKey(), type.stringValue(), inputs));
          }
        });
    return nodes.isEmpty() ? Optional.empty() : Optional.of(new ComfyGraph(nodes));
  }

  /** {@return all nodes, in the order of the file} */
  Collection<ComfyNode> nodes() {
    return nodes.values();
  }

  /** {@return whether a node was followed to or marked} */
  boolean isSeen(ComfyNode node) {
    return seen.contains(node.id());
  }

  /** Notes that a node was understood or remarked on. */
  void see(ComfyNode node) {
    seen.add(node.id());
  }

  /** {@return the node at the end of a link, if there is one} */
  Optional<ComfyNode> at(Link link) {
    return Optional.ofNullable(nodes.get(link.node()));
  }

  /** {@return the node that an input is linked to, which is seen then} */
  Optional<ComfyNode> follow(ComfyNode node, String input) {
    Optional<ComfyNode> next = node.link(input).flatMap(this::at);
    next.ifPresent(this::see);
    return next;
  }

  /** {@return an input's value, looked for where the input leads to} */
  Optional<String> value(ComfyNode node, String input) {
    Optional<String> own = node.value(input);
    Optional<ComfyNode> at = own.isPresent() ? Optional.empty() : follow(node, input);
    for (int i = 0; i < FARTHEST && own.isEmpty() && at.isPresent(); i++) {
      ComfyNode source = at.get();
      own =
          source
              .value(input)
              .or(() -> VALUES.stream().flatMap(name -> source.value(name).stream()).findFirst());
      at = source.links().size() == 1 ? at(source.links().getFirst()) : Optional.empty();
      at.ifPresent(this::see);
    }
    return own;
  }

  /** {@return the ids of all nodes from which an input of some nodes comes} */
  Set<String> upstream(Collection<ComfyNode> from, String input) {
    Set<String> found = new HashSet<>();
    Deque<Link> open = new ArrayDeque<>();
    from.forEach(node -> node.link(input).ifPresent(open::add));
    while (!open.isEmpty()) {
      Link link = open.remove();
      at(link).filter(next -> found.add(next.id())).ifPresent(next -> open.addAll(next.links()));
    }
    return found;
  }
}
