package io.songe.format;

import io.songe.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes configuration files as the published ones look: keys sorted, two blanks of indentation,
 * one element a line, a line feed at the end. The same options therefore always give the same file.
 */
public final class JsonConfigWriter {
  private static final ObjectWriter PRETTY =
      JsonMapper.builder()
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build()
          .writer()
          .with(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private JsonConfigWriter() {}

  /**
   * Writes a file, replacing an older one at once when all is on disk.
   *
   * @param target the file; its folder must exist
   * @param options by key: texts, booleans, whole and finite numbers, null, and lists and maps of
   *     these
   * @throws io.songe.error.BrokenFileException if the disk is full or the folder cannot be written;
   *     nothing half-written is left, and an older file is untouched
   * @throws EngineException if a value is of another type, or a number not finite
   */
  public static void write(Path target, Map<String, ? extends @Nullable Object> options) {
    byte[] bytes = bytes(options);
    ModelFile.write(
        target,
        channel -> {
          ByteBuffer content = ByteBuffer.wrap(bytes);
          while (content.hasRemaining()) {
            channel.write(content);
          }
        });
  }

  /**
   * What {@link #write} would write.
   *
   * @param options as there
   * @return the file's bytes
   * @throws EngineException if a value is of another type, or a number not finite
   */
  public static byte[] bytes(Map<String, ? extends @Nullable Object> options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = PRETTY.createGenerator(bytes)) {
      writeObject(json, options);
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static void writeObject(JsonGenerator json, Map<?, ? extends @Nullable Object> options) {
    TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
    options.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    json.writeStartObject();
    for (Map.Entry<String, @Nullable Object> option : sorted.entrySet()) {
      json.writeName(option.getKey());
      writeValue(json, option.getKey(), option.getValue());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, String key, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case Map<?, ?> options -> writeObject(json, options);
      case List<?> elements -> {
        json.writeStartArray();
        elements.forEach(element -> writeValue(json, key, element));
        json.writeEndArray();
      }
      default ->
          throw new EngineException(
              "option '%s' has the value %s of %s, which no configuration file can hold"
                  .formatted(key, value, value.getClass().getSimpleName()));
    }
  }
}
