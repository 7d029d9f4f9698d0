package io.songe.foreign;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a JSON object, each of which is either used or becomes a remark. */
final class JsonFields {
  private final ObjectNode object;
  private final Set<String> used = new HashSet<>();

  JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** {@return a text or a number as a text, if it is there} */
  Optional<String> text(String name) {
    return Optional.ofNullable(object.get(name))
        .filter(value -> value.isString() || value.isNumber())
        .map(value -> {
          used.add(name);
          return value.asString();
        });
  }

  /** Hands a text on, if it is there. */
  void text(String name, Consumer<String> to) {
    text(name).ifPresent(to);
  }

  /** Hands a name and its text on, if it is there. */
  void named(String name, BiConsumer<String, String> to) {
    text(name).ifPresent(value -> to.accept(name, value));
  }

  /** {@return an object inside this one} */
  Optional<JsonFields> object(String name) {
    return object.get(name) instanceof ObjectNode inner
        ? Optional.of(used(name, inner))
        : Optional.empty();
  }

  private JsonFields used(String name, ObjectNode inner) {
    used.add(name);
    return new JsonFields(inner);
  }

  /** {@return a value of any kind} */
  Optional<JsonNode> value(String name) {
    used.add(name);
    return Optional.ofNullable(object.get(name));
  }

  /** These say nothing about how the picture was made, or what others say too. */
  void pass(String... names) {
    used.addAll(Arrays.asList(names));
  }

  /** Remarks on all that was not used and is not off. */
  void remarkOnRest(RecipeDraft draft) {
    object
        .properties()
        .forEach(field -> {
          if (!used.contains(field.getKey()) && !ForeignJson.isOff(field.getValue())) {
            draft.unused(field.getKey(), ForeignJson.shown(field.getValue()));
          }
        });
  }
}
