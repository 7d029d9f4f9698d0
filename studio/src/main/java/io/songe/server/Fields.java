package io.songe.server;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object that was sent, read strictly by name, kind and range; {@code null}
 * counts as not being there. Whatever is wrong is thrown as an {@link HttpFailure} with the field's
 * whole name, and with the status and the words of the door's {@link FieldDialect}.
 */
public final class Fields {
  /** Beyond this, JavaScript does not tell whole numbers apart. */
  public static final long MOST_WHOLE = (1L << 53) - 1;

  private static final int DEEPEST = 64;

  /** Pictures come as texts; doors bound the body as a whole. */
  private static final int LONGEST_TEXT = 200_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String path;
  private final ObjectNode object;
  private final FieldDialect dialect;
  private final Set<String> asked = new TreeSet<>();

  private Fields(String path, ObjectNode object, FieldDialect dialect) {
    this.path = path;
    this.object = object;
    this.dialect = dialect;
  }

  /** {@return the fields of an object} */
  public static Fields of(ObjectNode object, FieldDialect dialect) {
    return new Fields("", object, dialect);
  }

  /**
   * The fields of a body.
   *
   * @throws HttpFailure if it is no JSON object, has a field twice, or goes on after its end
   */
  public static Fields of(byte[] body, FieldDialect dialect) {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return of(object, dialect);
      }
    } catch (JacksonException garbled) {
      throw new HttpFailure(
          Failure.of(
              dialect.status(), "the body is not the JSON that it should be: " + reason(garbled)));
    }
    throw new HttpFailure(
        Failure.of(dialect.status(), "the body must be a JSON object, such as {\"steps\": 20}"));
  }

  /** {@return what is wrong and in which line, without the source, which may be long} */
  private static String reason(JacksonException garbled) {
    String reason = String.valueOf(garbled.getOriginalMessage()).lines().findFirst().orElse("");
    return FileLabel.shorten(reason)
        + (garbled.getLocation() == null
            ? ""
            : " (line " + garbled.getLocation().getLineNr() + ")");
  }

  /** {@return the object as it was sent} */
  public ObjectNode json() {
    return object;
  }

  /** {@return the whole name of a field, such as {@code start.mask.blur}} */
  public String name(String field) {
    return path + field;
  }

  /** {@return a value as it was sent} */
  public Optional<JsonNode> raw(String field) {
    asked.add(field);
    return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
  }

  private Optional<JsonNode> raw(String field, FieldRule rule, Predicate<JsonNode> fits) {
    Optional<JsonNode> value = raw(field);
    if (value.isPresent() && !fits.test(value.get())) {
      throw ofOtherKind(field, rule, value.get());
    }
    return value;
  }

  /** {@return a text, which may be of any length} */
  public Optional<String> text(String field) {
    return raw(field, new FieldRule.Text(), JsonNode::isString).map(JsonNode::stringValue);
  }

  /** {@return a text of at most so many characters, which can be stored and shown} */
  public Optional<String> text(String field, int most) {
    Optional<String> text = text(field);
    text.flatMap(each -> flaw(each, most))
        .ifPresent(flaw -> {
          throw refused(field, name(field) + " " + flaw);
        });
    return text;
  }

  /** {@return why a text cannot be stored or shown; empty if it can} */
  public static Optional<String> flaw(String text, int most) {
    int length = text.codePointCount(0, text.length());
    if (length > most) {
      return Optional.of("has at most %d characters, got %d".formatted(most, length));
    }
    boolean whole =
        text.codePoints().noneMatch(each -> each == 0 || (each >= 0xd800 && each <= 0xdfff));
    return whole
        ? Optional.empty()
        : Optional.of("has characters that no text has (U+0000, or half of a pair)");
  }

  /** {@return a whole number} */
  public Optional<Integer> whole(String field, int least, int most) {
    return large(field, least, most).map(Math::toIntExact);
  }

  /** {@return a whole number that may be large} */
  public Optional<Long> large(String field, long least, long most) {
    var rule = new FieldRule.Whole(least, most);
    return raw(field)
        .map(value -> {
          BigInteger number =
              dialect.whole(value).orElseThrow(() -> ofOtherKind(field, rule, value));
          if (number.compareTo(BigInteger.valueOf(least)) < 0
              || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw refused(field, dialect.outOfRange(name(field), rule, value));
          }
          return number.longValueExact();
        });
  }

  /** {@return a number} */
  public Optional<Double> number(String field, double least, double most) {
    var rule = new FieldRule.Real(least, most);
    return raw(field)
        .map(value -> {
          double number = dialect.number(value).orElseThrow(() -> ofOtherKind(field, rule, value));
          if (!(number >= least && number <= most)) {
            throw refused(field, dialect.outOfRange(name(field), rule, value));
          }
          return number;
        });
  }

  /** {@return whether something is so} */
  public Optional<Boolean> flag(String field) {
    return raw(field)
        .map(value ->
            dialect.flag(value).orElseThrow(() -> ofOtherKind(field, new FieldRule.Flag(), value)));
  }

  /** {@return one of the words of a closed choice} */
  public <E extends Enum<E>> Optional<E> choice(String field, Class<E> choices) {
    List<E> all = List.of(choices.getEnumConstants());
    return text(field)
        .map(text ->
            all.stream()
                .filter(each -> word(each).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> {
                  var rule = new FieldRule.Choice(all.stream().map(Fields::word).toList());
                  return refused(field, dialect.outOfRange(name(field), rule, object.path(field)));
                }));
  }

  /** {@return how an alternative is called in requests and answers} */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** {@return the elements of a list; none if there is none} */
  public List<JsonNode> list(String field) {
    List<JsonNode> elements = new ArrayList<>();
    raw(field, new FieldRule.Listed(), JsonNode::isArray)
        .ifPresent(list -> list.forEach(elements::add));
    return elements;
  }

  /** {@return the fields of an object in this one} */
  public Optional<Fields> object(String field) {
    return raw(field, new FieldRule.Inner(), JsonNode::isObject)
        .map(value -> new Fields(name(field) + ".", (ObjectNode) value, dialect));
  }

  /**
   * What is made from a field, whose name is told if it cannot be.
   *
   * @throws HttpFailure in place of an {@link InvalidRequestException}
   */
  public <T> T with(String field, Supplier<T> made) {
    try {
      return made.get();
    } catch (InvalidRequestException impossible) {
      throw refused(field, String.valueOf(impossible.getMessage()));
    }
  }

  /** {@return the refusal of a field that is needed} */
  public HttpFailure needed(String field, String why) {
    return refused(field, name(field) + " is needed: " + why);
  }

  /** {@return the refusal of a field, for any reason} */
  public HttpFailure refused(String field, String message) {
    return new HttpFailure(
        new Failure(dialect.status(), message, Optional.of(name(field)), Optional.empty()));
  }

  private HttpFailure ofOtherKind(String field, FieldRule rule, JsonNode value) {
    return refused(field, dialect.ofOtherKind(name(field), rule, value));
  }

  /**
   * Refuses fields that nobody asked for: a misspelt one is told, not ignored.
   *
   * @throws HttpFailure if there is one
   */
  public void end() {
    allowOnly(asked);
  }

  /**
   * Refuses fields with other names than these.
   *
   * @throws HttpFailure if there is one
   */
  public void allowOnly(Set<String> known) {
    Stream<String> others = object.propertyNames().stream().filter(each -> !known.contains(each));
    others
        .findFirst()
        .ifPresent(field -> {
          throw refused(
              FileLabel.shorten(field), dialect.unknown(name(field), new TreeSet<>(known)));
        });
  }
}
