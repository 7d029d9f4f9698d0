package io.songe.format;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of a published configuration file, read strictly: a value of the wrong type is an
 * error that names file, key and value, and {@link #refuseUnknown} reports what nobody asked for.
 * An option that is not understood changes the picture, so it must not pass in silence.
 *
 * <p>A getter with a default returns it only where the key is absent; {@code null} in the file is a
 * value of its own, which {@link #optionalString} and its like read. Each getter marks its key as
 * known, hence an instance belongs to one thread, the one that builds a configuration record from
 * it. Every getter throws {@link BrokenFileException} where the value is not of its type.
 */
public final class JsonConfig {
  private static final int MOST_UNKNOWN_SHOWN = 8;

  private final FileLabel file;
  private final String path;
  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();

  private JsonConfig(FileLabel file, String path, ObjectNode object) {
    this.file = file;
    this.path = path;
    this.object = object;
  }

  /**
   * Reads a file.
   *
   * @param file a JSON file that holds one object, at most 16 MB
   * @return its options
   * @throws BrokenFileException if it is missing, too large or malformed
   */
  public static JsonConfig read(Path file) {
    return new JsonConfig(FileLabel.of(file), "", StrictJson.read(file));
  }

  /**
   * Parses a text.
   *
   * @param name how messages call it, as {@code unet/config.json}
   * @param json one JSON object
   * @return its options
   * @throws BrokenFileException if it is malformed
   */
  public static JsonConfig parse(String name, String json) {
    FileLabel label = new FileLabel(name);
    return new JsonConfig(
        label, "", StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), label));
  }

  /** {@return how messages call the file} */
  public FileLabel label() {
    return file;
  }

  /** {@return all keys, in the order of the file} */
  public SequencedSet<String> keys() {
    return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(object.propertyNames()));
  }

  /**
   * Whether a key is there, be it with the value null. Does not mark it as known.
   *
   * @param key an option
   * @return whether the file has it
   */
  public boolean has(String key) {
    return object.has(key);
  }

  /** {@return whether the option is there and not null} Marks it as known. */
  public boolean isSet(String key) {
    return value(key).filter(node -> !node.isNull()).isPresent();
  }

  /** {@return the text of a required option} */
  public String string(String key) {
    return required(key, JsonKind.TEXT);
  }

  /** {@return the text of an option, or the default where it is absent} */
  public String string(String key, String otherwise) {
    return has(key) ? string(key) : otherwise;
  }

  /** {@return the text of an option, empty where it is absent or null} */
  public Optional<String> optionalString(String key) {
    return optional(key, JsonKind.TEXT);
  }

  /** {@return the whole number of a required option} */
  public int integer(String key) {
    return required(key, JsonKind.INTEGER);
  }

  /** {@return the whole number of an option, or the default where it is absent} */
  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /** {@return the whole number of an option, empty where it is absent or null} */
  public Optional<Integer> optionalInteger(String key) {
    return optional(key, JsonKind.INTEGER);
  }

  /** {@return the whole number of a required option that may need 64 bits} */
  public long longInteger(String key) {
    return required(key, JsonKind.LONG_INTEGER);
  }

  /** {@return the number of a required option, finite} */
  public double number(String key) {
    return required(key, JsonKind.NUMBER);
  }

  /** {@return the number of an option, finite, or the default where it is absent} */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** {@return the number of an option, finite; empty where it is absent or null} */
  public Optional<Double> optionalNumber(String key) {
    return optional(key, JsonKind.NUMBER);
  }

  /**
   * {@return the number of an option, or the default where it is absent} It may be infinite, which
   * Python writes for a bound that never binds ({@code "lambda_min_clipped": -Infinity}).
   */
  public double numberOrInfinity(String key, double otherwise) {
    return has(key) ? required(key, JsonKind.NUMBER_OR_INFINITY) : otherwise;
  }

  /** {@return the truth of a required option} */
  public boolean flag(String key) {
    return required(key, JsonKind.FLAG);
  }

  /** {@return the truth of an option, or the default where it is absent} */
  public boolean flag(String key, boolean otherwise) {
    return has(key) ? flag(key) : otherwise;
  }

  /** {@return the texts of a required list} */
  public List<String> strings(String key) {
    return list(key, JsonKind.TEXT);
  }

  /** {@return the texts of a list, or the default where it is absent} */
  public List<String> strings(String key, List<String> otherwise) {
    return has(key) ? strings(key) : otherwise;
  }

  /** {@return the texts of a required list whose elements may be null, shown as empty} */
  public List<Optional<String>> nullableStrings(String key) {
    List<Optional<String>> values = new ArrayList<>();
    for (JsonNode element : array(key, "a list of texts or nulls")) {
      values.add(
          element.isNull() ? Optional.empty() : Optional.of(convert(key, element, JsonKind.TEXT)));
    }
    return List.copyOf(values);
  }

  /** {@return the whole numbers of a required list} */
  public List<Integer> integers(String key) {
    return list(key, JsonKind.INTEGER);
  }

  /** {@return the whole numbers of a list, or the default where it is absent} */
  public List<Integer> integers(String key, List<Integer> otherwise) {
    return has(key) ? integers(key) : otherwise;
  }

  /** {@return the finite numbers of a required list} */
  public List<Double> numbers(String key) {
    return list(key, JsonKind.NUMBER);
  }

  /** {@return the finite numbers of a list, empty where it is absent or null} */
  public Optional<List<Double>> optionalNumbers(String key) {
    return value(key).filter(node -> !node.isNull()).map(_ -> numbers(key));
  }

  /** {@return {@code count} whole numbers, written as a list of so many or as one for all} */
  public List<Integer> integerOrList(String key, int count) {
    return oneOrList(key, count, JsonKind.INTEGER);
  }

  /** {@return as the other, or {@code count} times the default where the option is absent} */
  public List<Integer> integerOrList(String key, int count, int otherwise) {
    return has(key) ? integerOrList(key, count) : Collections.nCopies(count, otherwise);
  }

  /**
   * {@return {@code count} flags, written as a list of so many or as one for all; or the default}
   */
  public List<Boolean> flagOrList(String key, int count, boolean otherwise) {
    return has(key) ? oneOrList(key, count, JsonKind.FLAG) : Collections.nCopies(count, otherwise);
  }

  /**
   * {@return the options of a required inner object} It keeps its own list of known keys: call
   * {@link #refuseUnknown} on it too.
   */
  public JsonConfig object(String key) {
    return inner(key, value(key).orElseThrow(() -> missing(key)));
  }

  /** {@return the options of an inner object, empty where it is absent or null} */
  public Optional<JsonConfig> optionalObject(String key) {
    return value(key).filter(node -> !node.isNull()).map(node -> inner(key, node));
  }

  /**
   * Refuses options that this code does not implement, unless they have the value at which they do
   * nothing. Marks them as known.
   *
   * @param neutral one JSON object of options with those values, as {@code {"dual_attention":
   *     false}}
   * @throws BrokenFileException if the file has one of them with another value
   */
  public void requireNeutral(String neutral) {
    ObjectNode table = StrictJson.parse(neutral.getBytes(StandardCharsets.UTF_8), file);
    for (Map.Entry<String, JsonNode> option : table.properties()) {
      JsonNode actual = value(option.getKey()).orElse(option.getValue());
      if (!actual.equals(JsonConfig::compareNumbers, option.getValue())) {
        throw file.broken(
            "option '%s' = %s is not supported by this version of Songe, only %s is"
                .formatted(
                    path + option.getKey(),
                    FileLabel.shorten(actual.toString()),
                    option.getValue()));
      }
    }
  }

  /**
   * Refuses what no getter has asked for.
   *
   * @param ignorable keys that may be there without being read: they do not change the picture
   * @throws BrokenFileException if there are other keys; it names them with their values
   */
  public void refuseUnknown(Set<String> ignorable) {
    List<String> unknown =
        keys().stream()
            .filter(key -> !known.contains(key) && !ignorable.contains(key))
            .limit(MOST_UNKNOWN_SHOWN)
            .map(key ->
                FileLabel.quote(path + key)
                    + " = "
                    + FileLabel.shorten(String.valueOf(object.get(key))))
            .toList();
    if (!unknown.isEmpty()) {
      throw file.broken(
          "unknown option%s %s; this version of Songe does not know %s, so the model would be drawn wrongly"
              .formatted(
                  unknown.size() == 1 ? "" : "s",
                  String.join(", ", unknown),
                  unknown.size() == 1 ? "it" : "them"));
    }
  }

  private Optional<JsonNode> value(String key) {
    known.add(key);
    return object.optional(key);
  }

  private <T> T required(String key, JsonKind<T> kind) {
    return convert(key, value(key).orElseThrow(() -> missing(key)), kind);
  }

  private <T> Optional<T> optional(String key, JsonKind<T> kind) {
    return value(key).filter(node -> !node.isNull()).map(node -> convert(key, node, kind));
  }

  private <T> List<T> list(String key, JsonKind<T> kind) {
    List<T> values = new ArrayList<>();
    for (JsonNode element : array(key, "a list, each element " + kind.words())) {
      values.add(convert(key, element, kind));
    }
    return List.copyOf(values);
  }

  private <T> List<T> oneOrList(String key, int count, JsonKind<T> kind) {
    JsonNode node = value(key).orElseThrow(() -> missing(key));
    if (!node.isArray()) {
      return Collections.nCopies(count, convert(key, node, kind));
    }
    if (node.size() != count) {
      throw wrong(key, node, "a list of %d elements or one value for all".formatted(count));
    }
    return list(key, kind);
  }

  private JsonNode array(String key, String expected) {
    JsonNode node = value(key).orElseThrow(() -> missing(key));
    if (!node.isArray()) {
      throw wrong(key, node, expected);
    }
    return node;
  }

  private JsonConfig inner(String key, JsonNode node) {
    if (node instanceof ObjectNode child) {
      return new JsonConfig(file, path + key + ".", child);
    }
    throw wrong(key, node, "an object in braces");
  }

  private <T> T convert(String key, JsonNode node, JsonKind<T> kind) {
    if (!kind.accepts().test(node)) {
      throw wrong(key, node, kind.words());
    }
    return kind.value().apply(node);
  }

  private BrokenFileException missing(String key) {
    return file.broken(
        "lacks the option '%s'; is it the configuration of another kind of model?"
            .formatted(path + key));
  }

  private BrokenFileException wrong(String key, JsonNode node, String expected) {
    return file.broken(
        "option '%s' is %s, expected %s; correct it or download the file again"
            .formatted(path + key, FileLabel.shorten(node.toString()), expected));
  }

  /** 1 and 1.0 are the same option value. */
  private static int compareNumbers(JsonNode one, JsonNode other) {
    boolean numbers = one.isNumber() && other.isNumber();
    boolean same = numbers ? one.asDouble() == other.asDouble() : one.equals(other);
    return same ? 0 : 1;
  }
}
