package io.songe.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of YAML 1.2 as {@code openapi.yaml} is written in: maps and lists by indentation, maps
 * and lists in braces and brackets on one line, plain and double-quoted texts, folded texts. What
 * it does not know it refuses.
 */
final class Yaml {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern KEY =
      Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|[^\"\\s{\\[#][^:]*):(?:\\s+(.*))?");

  private record Line(int indent, String text) {}

  private final List<Line> lines;
  private int at;

  private Yaml(List<Line> lines) {
    this.lines = lines;
  }

  static JsonNode parse(String text) {
    List<Line> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .map(line -> new Line(line.length() - line.stripLeading().length(), line.strip()))
            .toList();
    var yaml = new Yaml(lines);
    JsonNode all = yaml.block(0);
    if (yaml.at < lines.size()) {
      throw new IllegalArgumentException("not understood: " + lines.get(yaml.at));
    }
    return all;
  }

  private JsonNode block(int indent) {
    return lines.get(at).text().startsWith("- ") ? list(indent) : map(indent);
  }

  private boolean goesOn(int indent) {
    return at < lines.size() && lines.get(at).indent() == indent;
  }

  private ArrayNode list(int indent) {
    ArrayNode list = NODES.arrayNode();
    while (goesOn(indent) && lines.get(at).text().startsWith("- ")) {
      list.add(new Flow(lines.get(at++).text().substring(2)).whole());
    }
    return list;
  }

  private ObjectNode map(int indent) {
    ObjectNode map = NODES.objectNode();
    while (goesOn(indent)) {
      Matcher key = KEY.matcher(lines.get(at).text());
      if (!key.matches()) {
        throw new IllegalArgumentException("not understood: " + lines.get(at));
      }
      at++;
      String name = new Flow(key.group(1)).whole().asString();
      if (map.has(name)) {
        throw new IllegalArgumentException("twice: " + name);
      }
      map.set(name, value(key.group(2), indent));
    }
    return map;
  }

  private JsonNode value(@Nullable String rest, int indent) {
    if (rest == null) {
      int inner = lines.get(at).indent();
      if (inner <= indent) {
        throw new IllegalArgumentException("nothing before " + lines.get(at));
      }
      return block(inner);
    }
    if (rest.equals(">-")) {
      List<String> folded = new ArrayList<>();
      while (at < lines.size() && lines.get(at).indent() > indent) {
        folded.add(lines.get(at++).text());
      }
      return NODES.stringNode(String.join(" ", folded));
    }
    return new Flow(rest).whole();
  }

  /** What stands on one line. */
  private static final class Flow {
    private final String text;
    private int at;

    Flow(String text) {
      this.text = text;
    }

    JsonNode whole() {
      JsonNode value =
          text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")
              ? value()
              : scalar(text);
      if (at != text.length() && at != 0) {
        throw new IllegalArgumentException("not understood: " + text.substring(at));
      }
      return value;
    }

    private JsonNode value() {
      return switch (text.charAt(at)) {
        case '{' -> map();
        case '[' -> list();
        case '"' -> quoted();
        default -> scalar(plain());
      };
    }

    private ObjectNode map() {
      ObjectNode map = NODES.objectNode();
      at++;
      while (!taken('}')) {
        String key = text.charAt(at) == '"' ? quoted().asString() : plain();
        if (!taken(':')) {
          throw new IllegalArgumentException("no colon: " + text.substring(at));
        }
        map.set(key, value());
        taken(',');
      }
      return map;
    }

    private ArrayNode list() {
      ArrayNode list = NODES.arrayNode();
      at++;
      while (!taken(']')) {
        list.add(value());
        taken(',');
      }
      return list;
    }

    private boolean taken(char sign) {
      skip();
      boolean there = text.charAt(at) == sign;
      if (there) {
        at++;
        if (at < text.length()) {
          skip();
        }
      }
      return there;
    }

    private void skip() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private JsonNode quoted() {
      int end = at + 1;
      while (text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      JsonNode value = JsonMapper.shared().readTree(text.substring(at, end + 1));
      at = end + 1;
      return value;
    }

    private String plain() {
      int end = at;
      while (",]}".indexOf(text.charAt(end)) < 0 && !text.startsWith(": ", end)) {
        end++;
      }
      String value = text.substring(at, end).strip();
      at = end;
      return value;
    }

    private static JsonNode scalar(String text) {
      return text.matches("true|false|null|-?[0-9]+(\\.[0-9]+)?")
          ? JsonMapper.shared().readTree(text)
          : NODES.stringNode(text);
    }
  }
}
