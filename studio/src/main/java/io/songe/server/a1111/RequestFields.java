package io.songe.server.a1111;

import io.songe.server.Failure;
import io.songe.server.FieldRule;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request's JSON object, read as the web UI's server does: a number may be written
 * as a text, {@code null} counts as not said, fields that nobody reads are left. Remembers what was
 * read, to be echoed.
 */
final class RequestFields {
  static final JsonMapper JSON = JsonMapper.shared();

  private final Fields fields;
  private final ObjectNode echo = JSON.createObjectNode();

  private RequestFields(Fields fields) {
    this.fields = fields;
  }

  RequestFields(ObjectNode given) {
    this(Fields.of(given, WebUiDialect.WEB_UI));
  }

  /**
   * Reads a body.
   *
   * @throws HttpFailure if it is no JSON object
   */
  static RequestFields of(byte[] body) {
    return new RequestFields(Fields.of(body, WebUiDialect.WEB_UI));
  }

  /** {@return the refusal of a field, in which the fault was} */
  static HttpFailure wrong(String field, String message) {
    return new HttpFailure(
        new Failure(WebUiDialect.UNPROCESSABLE, message, Optional.of(field), Optional.empty()));
  }

  /** {@return what was given} */
  ObjectNode given() {
    return fields.json();
  }

  /** {@return these fields without one} */
  RequestFields without(String name) {
    ObjectNode fewer = given().deepCopy();
    fewer.remove(name);
    return new RequestFields(fewer);
  }

  /** {@return these fields, with others where one is not said} */
  RequestFields or(ObjectNode others) {
    ObjectNode all = others.deepCopy();
    given()
        .properties()
        .forEach(field -> {
          if (!field.getValue().isNull()) {
            all.set(field.getKey(), field.getValue());
          }
        });
    return new RequestFields(all);
  }

  /** {@return whether a field is said} */
  boolean says(String name) {
    return fields.raw(name).isPresent();
  }

  /** {@return what was read, with the defaults where nothing was said} */
  ObjectNode echo() {
    return echo;
  }

  /** Lets a field be echoed that is not read, or otherwise than it was read. */
  void echo(String name, JsonNode value) {
    echo.set(name, value);
  }

  private <T> T echoed(String name, T said) {
    echo(name, JSON.valueToTree(said));
    return said;
  }

  /** {@return a text} */
  Optional<String> text(String name) {
    return echoed(name, fields.text(name));
  }

  /** {@return a text; a default if it is not said} */
  String text(String name, String usual) {
    return echoed(name, fields.text(name).orElse(usual));
  }

  /** {@return a picture's text, which is not echoed} */
  Optional<String> picture(String name) {
    echo.putNull(name);
    return fields.text(name);
  }

  /** {@return a whole number within bounds} */
  Optional<Long> whole(String name, long least, long most) {
    return echoed(name, fields.large(name, least, most));
  }

  /** {@return a whole number within bounds; a default if it is not said} */
  int whole(String name, int least, int most, int usual) {
    return echoed(name, fields.whole(name, least, most).orElse(usual));
  }

  /** {@return a number within bounds} */
  Optional<Double> number(String name, double least, double most) {
    return echoed(name, fields.number(name, least, most));
  }

  /** {@return a number within bounds; a default if it is not said} */
  double number(String name, double least, double most, double usual) {
    return echoed(name, fields.number(name, least, most).orElse(usual));
  }

  /** {@return a choice of yes or no} */
  boolean flag(String name, boolean usual) {
    return echoed(name, fields.flag(name).orElse(usual));
  }

  /** {@return the elements of a list; an empty one if it is not said} */
  List<JsonNode> list(String name) {
    return fields.list(name);
  }

  /** {@return a list of texts} */
  List<String> texts(String name) {
    return echoed(name, list(name).stream().map(each -> asText(name, each)).toList());
  }

  private static String asText(String name, JsonNode element) {
    if (!element.isString()) {
      throw wrong(name, WebUiDialect.WEB_UI.ofOtherKind(name, new FieldRule.Text(), element));
    }
    return element.stringValue();
  }

  /** {@return an object; an empty one if it is not said} */
  ObjectNode object(String name) {
    return echoed(name, fields.object(name).map(Fields::json).orElseGet(JSON::createObjectNode));
  }
}
