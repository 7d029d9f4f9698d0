package io.songe.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The description of the interface, and what JSON of an answer is not as it says. */
final class OpenApi {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*\\}");

  static final OpenApi DOCUMENT = new OpenApi(read());

  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  private static JsonNode read() {
    try (InputStream in = ApiDoor.class.getResourceAsStream("openapi.yaml")) {
      return Yaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  JsonNode root() {
    return root;
  }

  /** {@return all operations, such as {@code GET /api/jobs/{id}}} */
  Set<String> operations() {
    Set<String> all = new TreeSet<>();
    root.get("paths")
        .properties()
        .forEach(path ->
            path.getValue().propertyNames().stream()
                .filter(METHODS::contains)
                .forEach(method -> all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return all;
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : resolved(root.at(reference.stringValue().substring(1)));
  }

  /** {@return the operation that a request asks for, if there is one} */
  private Optional<JsonNode> operation(String method, String path) {
    String plain = path.replaceFirst("\\?.*", "");
    return root.get("paths").properties().stream()
        .filter(each -> matches(each.getKey(), plain))
        .sorted(Comparator.comparing(each -> each.getKey().contains("{")))
        .map(Map.Entry::getValue)
        .filter(each -> each.has(method.toLowerCase(Locale.ROOT)))
        .map(each -> each.get(method.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static boolean matches(String template, String path) {
    String pattern =
        VARIABLE
            .splitAsStream(template + "x")
            .map(Pattern::quote)
            .reduce((a, b) -> a + "[^/]*" + b)
            .orElseThrow();
    return (path + "x").matches(pattern);
  }

  /** {@return what is wrong with a JSON answer; empty if nothing is} */
  Optional<String> wrong(String method, String path, int status, JsonNode answer) {
    return operation(method, path)
        .flatMap(operation -> {
          JsonNode responses = operation.get("responses");
          String name = responses.has("" + status) ? "" + status : "default";
          JsonNode response = resolved(responses.get(name));
          JsonNode json = response.at("/content/application~1json/schema");
          return json.isMissingNode()
              ? Optional.of("no JSON is described for " + status)
              : wrong(json, answer, method + " " + path + " " + status);
        });
  }

  /** {@return what is wrong with a value of a schema; empty if nothing is} */
  Optional<String> wrong(String schema, JsonNode value) {
    return wrong(root.at("/components/schemas/" + schema), value, schema);
  }

  private Optional<String> wrong(JsonNode schemaOrReference, JsonNode value, String at) {
    JsonNode schema = resolved(schemaOrReference);
    if (schema.has("oneOf")) {
      long fitting =
          elements(schema.get("oneOf")).filter(each -> wrong(each, value, at).isEmpty()).count();
      return fitting == 1
          ? Optional.empty()
          : elements(schema.get("oneOf"))
              .map(each -> wrong(each, value, at))
              .flatMap(Optional::stream)
              .findFirst();
    }
    if (schema.has("enum") && elements(schema.get("enum")).noneMatch(value::equals)) {
      return Optional.of(at + " is " + value + ", none of " + schema.get("enum"));
    }
    if (schema.has("type") && !isOfType(schema.get("type"), value)) {
      return Optional.of(at + " is " + value + ", not " + schema.get("type"));
    }
    if (value.isArray() && schema.has("items")) {
      return elements(value)
          .map(each -> wrong(schema.get("items"), each, at + "[]"))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return value.isObject() ? wrongFields(schema, value, at) : Optional.empty();
  }

  private Optional<String> wrongFields(JsonNode schema, JsonNode value, String at) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.stringValue())) {
        return Optional.of(at + " has no " + required);
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      if (known.isMissingNode() && others.isBoolean() && !others.booleanValue()) {
        return Optional.of(at + " has " + field.getKey() + ", which is not described");
      }
      JsonNode type = known.isMissingNode() ? others : known;
      if (type.isObject()) {
        Optional<String> inside = wrong(type, field.getValue(), at + "." + field.getKey());
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.empty();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    return type.isArray()
        ? elements(type).anyMatch(each -> isOfType(each, value))
        : switch (type.stringValue()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "null" -> value.isNull();
          default -> throw new IllegalArgumentException("no type of JSON: " + type);
        };
  }
}
