package io.songe.server.a1111;

import io.songe.file.FileLabel;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request's JSON object, read as the web UI's server does: a number may be written
 * as a text, {@code null} counts as not said, fields that nobody reads are left. Remembers what was
 * read, to be echoed.
 */
final class RequestFields {
  /** Pictures come as texts. */
  private static final int LONGEST_TEXT = 200_000_000;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  .build())
          .build();

  private static final int UNPROCESSABLE = 422;

  private final ObjectNode given;
  private final ObjectNode echo = JSON.createObjectNode();

  RequestFields(ObjectNode given) {
    this.given = given;
  }

  /**
   * Reads a body.
   *
   * @throws HttpFailure if it is no JSON object
   */
  static RequestFields of(byte[] body) {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return new RequestFields(object);
      }
    } catch (JacksonException garbled) {
      throw new HttpFailure(
          Failure.of(UNPROCESSABLE, "the body is no JSON: " + FileLabel.shorten(reason(garbled))));
    }
    throw new HttpFailure(Failure.of(UNPROCESSABLE, "the body must be a JSON object"));
  }

  private static String reason(JacksonException garbled) {
    return String.valueOf(garbled.getOriginalMessage());
  }

  /** {@return the refusal of a field, in which the fault was} */
  static HttpFailure wrong(String field, String message) {
    return new HttpFailure(
        new Failure(UNPROCESSABLE, message, Optional.of(field), Optional.empty()));
  }

  /** {@return what was given} */
  ObjectNode given() {
    return given;
  }

  /** {@return these fields without one} */
  RequestFields without(String name) {
    ObjectNode fewer = given.deepCopy();
    fewer.remove(name);
    return new RequestFields(fewer);
  }

  /** {@return these fields, with others where one is not said} */
  RequestFields or(ObjectNode others) {
    ObjectNode all = others.deepCopy();
    given
        .properties()
        .forEach(field -> {
          if (!field.getValue().isNull()) {
            all.set(field.getKey(), field.getValue());
          }
        });
    return new RequestFields(all);
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(given.get(name)).filter(value -> !value.isNull());
  }

  /** {@return whether a field is said} */
  boolean says(String name) {
    return value(name).isPresent();
  }

  /** {@return what was read, with the defaults where nothing was said} */
  ObjectNode echo() {
    return echo;
  }

  /** Lets a field be echoed that is not read, or otherwise than it was read. */
  void echo(String name, JsonNode value) {
    echo.set(name, value);
  }

  /** {@return a text} */
  Optional<String> text(String name) {
    Optional<String> text =
        value(name)
            .map(value -> {
              if (!value.isString()) {
                throw wrong(name, "str type expected, got " + shown(value));
              }
              return value.stringValue();
            });
    text.ifPresentOrElse(said -> echo.put(name, said), () -> echo.putNull(name));
    return text;
  }

  /** {@return a text; a default if it is not said} */
  String text(String name, String usual) {
    String text = text(name).orElse(usual);
    echo.put(name, text);
    return text;
  }

  /** {@return a picture's text, which is not echoed} */
  Optional<String> picture(String name) {
    Optional<String> text = text(name);
    echo.putNull(name);
    return text;
  }

  /** {@return a whole number within bounds} */
  Optional<Long> whole(String name, long least, long most) {
    Optional<Long> number = value(name).map(value -> asWhole(name, value, least, most));
    number.ifPresentOrElse(said -> echo.put(name, said), () -> echo.putNull(name));
    return number;
  }

  /** {@return a whole number within bounds; a default if it is not said} */
  int whole(String name, int least, int most, int usual) {
    int number = whole(name, least, most).orElse((long) usual).intValue();
    echo.put(name, number);
    return number;
  }

  private static long asWhole(String name, JsonNode value, long least, long most) {
    BigDecimal number = asDecimal(name, value, "integer");
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw wrong(name, "value is not a valid integer: " + shown(value));
    }
    requireWithin(name, number, BigDecimal.valueOf(least), BigDecimal.valueOf(most), shown(value));
    return number.longValueExact();
  }

  /** {@return a number within bounds} */
  Optional<Double> number(String name, double least, double most) {
    Optional<Double> number =
        value(name)
            .map(value -> {
              BigDecimal decimal = asDecimal(name, value, "float");
              requireWithin(
                  name, decimal, BigDecimal.valueOf(least), BigDecimal.valueOf(most), shown(value));
              return decimal.doubleValue();
            });
    number.ifPresentOrElse(said -> echo.put(name, said), () -> echo.putNull(name));
    return number;
  }

  /** {@return a number within bounds; a default if it is not said} */
  double number(String name, double least, double most, double usual) {
    double number = number(name, least, most).orElse(usual);
    echo.put(name, number);
    return number;
  }

  private static void requireWithin(
      String name, BigDecimal number, BigDecimal least, BigDecimal most, String shown) {
    if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      throw wrong(
          name,
          "ensure this value is from %s to %s, got %s"
              .formatted(least.toPlainString(), most.toPlainString(), shown));
    }
  }

  private static BigDecimal asDecimal(String name, JsonNode value, String type) {
    boolean digits =
        value.isNumber() || (value.isString() && value.stringValue().strip().length() <= 40);
    if (digits) {
      try {
        BigDecimal number =
            value.isNumber() ? value.decimalValue() : new BigDecimal(value.stringValue().strip());
        // beyond this no bounds allow it, and its digits would fill the memory
        if (Math.abs((long) number.precision() - number.scale()) < 400) {
          return number;
        }
      } catch (NumberFormatException | ArithmeticException | JacksonException none) {
        // told below
      }
    }
    throw wrong(name, "value is not a valid " + type + ": " + shown(value));
  }

  /** {@return a choice of yes or no} */
  boolean flag(String name, boolean usual) {
    boolean flag = flag(name).orElse(usual);
    echo.put(name, flag);
    return flag;
  }

  /** {@return a choice of yes or no} */
  Optional<Boolean> flag(String name) {
    return value(name)
        .map(value ->
            switch (value.asString("").toLowerCase(Locale.ROOT)) {
              case "true", "1", "on", "yes" -> true;
              case "false", "0", "off", "no" -> false;
              default -> throw wrong(name, "value is not a valid boolean: " + shown(value));
            });
  }

  /** {@return the elements of a list; an empty one if it is not said} */
  List<JsonNode> list(String name) {
    List<JsonNode> elements = new ArrayList<>();
    value(name)
        .ifPresent(value -> {
          if (!(value instanceof ArrayNode array)) {
            throw wrong(name, "value is not a valid list: " + shown(value));
          }
          array.forEach(elements::add);
        });
    return elements;
  }

  /** {@return a list of texts} */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isString()) {
        throw wrong(name, "str type expected, got " + shown(element));
      }
      texts.add(element.stringValue());
    }
    ArrayNode said = echo.putArray(name);
    texts.forEach(said::add);
    return texts;
  }

  /** {@return an object; an empty one if it is not said} */
  ObjectNode object(String name) {
    ObjectNode object =
        value(name)
            .map(value -> {
              if (value instanceof ObjectNode said) {
                return said;
              }
              throw wrong(name, "value is not a valid dict: " + shown(value));
            })
            .orElseGet(JSON::createObjectNode);
    echo.set(name, object);
    return object;
  }

  /** {@return a value for a message, of bounded length} */
  static String shown(JsonNode value) {
    return FileLabel.shorten(value.isContainer() ? "a list or an object" : value.asString(""));
  }
}
