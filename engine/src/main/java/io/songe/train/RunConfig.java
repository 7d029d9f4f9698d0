package io.songe.train;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfigWriter;
import io.songe.format.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A run's configuration, which can be compared with one on disk, option by option. */
record RunConfig(SequencedMap<String, Object> options) {
  private static final int MOST_SHOWN = 6;
  private static final String ABSENT = "nothing";

  static RunConfig of(SequencedMap<String, Object> options) {
    return new RunConfig(new LinkedHashMap<>(options));
  }

  /**
   * Writes it.
   *
   * @throws io.songe.error.BrokenFileException if that fails
   */
  void write(Path file) {
    JsonConfigWriter.write(file, options);
  }

  /**
   * Refuses to go on under another configuration.
   *
   * @throws InvalidRequestException that names what differs, with both values
   * @throws io.songe.error.BrokenFileException if the file cannot be read
   */
  void requireSameAs(Path file, String run) {
    Map<String, String> before = valuesOf(file);
    Map<String, String> now = new TreeMap<>();
    flatten("", options, now);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = before.getOrDefault(name, ABSENT);
      String is = now.getOrDefault(name, ABSENT);
      if (!was.equals(is)) {
        differences.add("%s is %s, was %s".formatted(name, shown(is), shown(was)));
      }
    }
    if (!differences.isEmpty()) {
      throw new InvalidRequestException(
          "the run in %s has another configuration: %s%s; take the same options, or begin a run in"
                  .formatted(
                      run,
                      String.join(
                          "; ", differences.subList(0, Math.min(MOST_SHOWN, differences.size()))),
                      differences.size() > MOST_SHOWN
                          ? "; and %d more".formatted(differences.size() - MOST_SHOWN)
                          : "")
              + " another folder");
    }
  }

  private static String shown(String value) {
    return FileLabel.shorten(value);
  }

  /** {@return the options of a file by name, nested ones as {@code unet.channels[1]}} */
  static Map<String, String> valuesOf(Path file) {
    FileLabel label = FileLabel.of(file);
    try {
      Map<String, String> values = new TreeMap<>();
      flatten("", StrictJson.parse(Files.readAllBytes(file), label), values);
      return values;
    } catch (IOException failure) {
      throw label.unreadable(failure);
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(entry -> flatten(inside(path, entry.getKey()), entry.getValue(), into));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), into);
      }
    } else if (node.isString()) {
      into.put(path, "'" + node.stringValue() + "'");
    } else if (node.isNumber()) {
      into.put(path, number(node.asDouble()));
    } else {
      into.put(path, node.toString());
    }
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, inner) -> flatten(inside(path, String.valueOf(key)), inner, into));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(path + "[" + i + "]", list.get(i), into);
        }
      }
      case Map<?, ?> _ -> into.put(path, "{}");
      case List<?> _ -> into.put(path, "[]");
      case String text -> into.put(path, "'" + text + "'");
      case Number number -> into.put(path, number(number.doubleValue()));
      case Boolean truth -> into.put(path, truth.toString());
      case null -> into.put(path, "null");
      default -> throw new EngineException("a configuration cannot hold " + value.getClass());
    }
  }

  private static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** 1 and 1.0 are the same value. */
  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
