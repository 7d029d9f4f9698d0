package io.songe.format;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON of a safetensors header, token by token. It accepts exactly the documented form: no
 * unknown or repeated fields, whole numbers only, names that are proper Unicode. Memory grows with
 * what has been read and stops at the limits below; no number in the file makes it allocate.
 */
final class SafetensorsHeaderParser {
  private static final int MOST_TENSORS = 100_000;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_METADATA = 10_000;
  private static final int LONGEST_METADATA = 16 << 20;
  private static final int HIGHEST_RANK = 16;

  // Names are not interned or kept in a symbol table that would outlive a hostile file.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(40)
                  .maxNameLength(LONGEST_NAME)
                  .maxStringLength(LONGEST_METADATA)
                  .build())
          .build();

  /** Entries as the header lists them, each valid alone, not yet compared with the file's size. */
  record Parsed(Collection<SafetensorsHeader.Slot> slots, Map<String, String> metadata) {}

  private final JsonParser json;
  private final FileLabel file;
  private final Map<String, SafetensorsHeader.Slot> slots = new LinkedHashMap<>();
  private @Nullable Map<String, String> metadata;

  private SafetensorsHeaderParser(JsonParser json, FileLabel file) {
    this.json = json;
    this.file = file;
  }

  static Parsed parse(MemorySegment header, FileLabel file) {
    Reader text =
        new InputStreamReader(
            new SegmentInputStream(header),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new SafetensorsHeaderParser(json, file).header();
    } catch (JacksonException malformed) {
      String expected =
          malformed.getCause() instanceof CharacterCodingException ? "UTF-8" : "JSON as expected";
      throw file.broken(
          "its header is not %s; the file is damaged or forged, download it again"
              .formatted(expected),
          malformed);
    }
  }

  private Parsed header() {
    require(json.nextToken() == JsonToken.START_OBJECT, () -> "its header is not a JSON object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (name.equals("__metadata__")) {
        require(metadata == null, () -> "its header has two '__metadata__'");
        metadata = metadata();
        continue;
      }
      require(slots.size() < MOST_TENSORS, () -> "has more than " + MOST_TENSORS + " tensors");
      SafetensorsHeader.Slot slot = slot(name);
      require(
          slots.putIfAbsent(name, slot) == null,
          () -> "has two tensors of the name " + FileLabel.quote(name));
    }
    require(json.nextToken() == null, () -> "has text after the end of its header");
    return new Parsed(
        slots.values(), metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
  }

  private Map<String, String> metadata() {
    require(
        json.nextToken() == JsonToken.START_OBJECT,
        () -> "its '__metadata__' is not a JSON object");
    Map<String, String> entries = new LinkedHashMap<>();
    int characters = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      require(
          json.nextToken() == JsonToken.VALUE_STRING,
          () -> "metadata " + FileLabel.quote(key) + " is not text");
      String value = json.getString();
      require(
          isUnicode(value), () -> "metadata " + FileLabel.quote(key) + " is not proper Unicode");
      characters += key.length() + value.length();
      require(
          entries.size() < MOST_METADATA && characters <= LONGEST_METADATA,
          () ->
              "has more than %d metadata entries or %d characters of them"
                  .formatted(MOST_METADATA, LONGEST_METADATA));
      require(
          entries.put(key, value) == null, () -> "has metadata " + FileLabel.quote(key) + " twice");
    }
    return entries;
  }

  private SafetensorsHeader.Slot slot(String name) {
    String tensor = "tensor " + FileLabel.quote(name);
    require(json.nextToken() == JsonToken.START_OBJECT, () -> tensor + " is not a JSON object");
    @Nullable DType dtype = null;
    long @Nullable [] extents = null;
    long @Nullable [] offsets = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = json.currentName();
      boolean first;
      switch (field) {
        case "dtype" -> {
          first = dtype == null;
          dtype = dtype(tensor);
        }
        case "shape" -> {
          first = extents == null;
          extents = wholeNumbers(tensor, field, HIGHEST_RANK);
        }
        case "data_offsets" -> {
          first = offsets == null;
          offsets = wholeNumbers(tensor, field, 2);
        }
        default -> throw damaged(tensor + " has an unknown field " + FileLabel.quote(field));
      }
      require(first, () -> "%s has the field '%s' twice".formatted(tensor, field));
    }
    if (dtype == null || extents == null || offsets == null) {
      throw damaged(tensor + " lacks one of the fields 'dtype', 'shape', 'data_offsets'");
    }
    require(
        offsets.length == 2 && offsets[0] <= offsets[1],
        () -> tensor + " has data_offsets that are not two ascending numbers");
    Shape shape = shape(tensor, extents);
    requireLength(tensor, dtype, shape, offsets[1] - offsets[0]);
    return new SafetensorsHeader.Slot(name, dtype, shape, offsets[0], offsets[1]);
  }

  private DType dtype(String tensor) {
    require(
        json.nextToken() == JsonToken.VALUE_STRING, () -> tensor + " has a dtype that is not text");
    String name = json.getString();
    return SafetensorsDType.named(name)
        .orElseThrow(() ->
            file.broken(
                "%s has elements of type %s, which this version of Songe does not read; use a float16 or float32 version of the file"
                    .formatted(tensor, FileLabel.quote(name))));
  }

  private long[] wholeNumbers(String tensor, String field, int most) {
    String place = "%s has a %s ".formatted(tensor, field);
    require(json.nextToken() == JsonToken.START_ARRAY, () -> place + "that is not a list");
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(numbers.size() < most, () -> place + "of more than " + most + " numbers");
      require(
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0,
          () ->
              place
                  + "with "
                  + FileLabel.quote(json.getString())
                  + ", not a whole number below 2^63");
      numbers.add(json.getLongValue());
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private Shape shape(String tensor, long[] extents) {
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException tooLarge) {
      throw damaged(tensor + " has a shape of more elements than can be counted");
    }
  }

  private void requireLength(String tensor, DType dtype, Shape shape, long length) {
    // A division, since the product may overflow.
    boolean fits = length % dtype.bytes() == 0 && length / dtype.bytes() == shape.elements();
    require(
        fits,
        () ->
            "%s is %s %s but has %d bytes"
                .formatted(tensor, SafetensorsDType.nameOf(dtype), shape, length));
  }

  /**
   * An escape can smuggle in half of a surrogate pair, which no UTF-8 can express. In names the
   * parser looks for that itself.
   */
  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private void require(boolean condition, Supplier<String> otherwise) {
    if (!condition) {
      throw damaged(otherwise.get());
    }
  }

  private BrokenFileException damaged(String problem) {
    return file.broken(problem + "; the file is damaged or forged, download it again");
  }
}
