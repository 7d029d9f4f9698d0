package io.songe.data.source;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The captions of a whole folder in one file, {@code metadata.jsonl} (a JSON object a line) or
 * {@code metadata.csv} (RFC 4180, the first line names the columns).
 */
final class CaptionList {
  private static final String LINES = "metadata.jsonl";
  private static final String TABLE = "metadata.csv";
  private static final String FILE = "file_name";

  private CaptionList() {}

  /** {@return the rows of the folder's list; none where it has no list} */
  static List<CaptionRow> read(Path folder) {
    Path lines = folder.resolve(LINES);
    Path table = folder.resolve(TABLE);
    if (Files.exists(lines) && Files.exists(table)) {
      throw FileLabel.of(lines).broken("stands beside a %s; keep one of the two".formatted(TABLE));
    }
    if (Files.exists(lines)) {
      return ofLines(text(lines), FileLabel.of(lines));
    }
    return Files.exists(table) ? ofTable(text(table), FileLabel.of(table)) : List.of();
  }

  private static String text(Path file) {
    try {
      return CaptionText.read(file);
    } catch (UnusableArtworkException unusable) {
      throw new BrokenFileException(unusable.why(), unusable);
    }
  }

  private static List<CaptionRow> ofLines(String text, FileLabel label) {
    List<CaptionRow> rows = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      FileLabel here = new FileLabel(label.text() + ", line " + number);
      JsonNode row = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), here);
      Map<String, String> columns = new HashMap<>();
      row.properties().forEach(entry -> columns.put(entry.getKey(), value(entry.getValue())));
      rows.add(row(columns, here));
    }
    return rows;
  }

  /** A list of keywords is joined as a table would hold it. */
  private static String value(JsonNode value) {
    if (value.isArray()) {
      return String.join(
          ",",
          StreamSupport.stream(value.spliterator(), false).map(one -> one.asString("")).toList());
    }
    return value.isNull() ? "" : value.asString("");
  }

  private static CaptionRow row(Map<String, String> columns, FileLabel here) {
    String file = columns.getOrDefault(FILE, "");
    if (file.isBlank()) {
      throw here.broken("has no %s; name the picture there".formatted(FILE));
    }
    columns.values().removeIf(String::isBlank);
    return new CaptionRow(file.replace('\\', '/'), Map.copyOf(columns));
  }

  private static List<CaptionRow> ofTable(String text, FileLabel label) {
    List<List<String>> cells = cells(text, label);
    if (cells.isEmpty() || !cells.getFirst().contains(FILE)) {
      throw label.broken("has no column %s in its first line".formatted(FILE));
    }
    List<String> names = cells.getFirst();
    List<CaptionRow> rows = new ArrayList<>();
    for (int i = 1; i < cells.size(); i++) {
      FileLabel here = new FileLabel("%s, row %d".formatted(label.text(), i));
      if (cells.get(i).size() != names.size()) {
        throw here.broken(
            "has %d columns where the first line names %d; put texts with commas between quotation marks"
                .formatted(cells.get(i).size(), names.size()));
      }
      Map<String, String> columns = new HashMap<>();
      for (int column = 0; column < names.size(); column++) {
        columns.put(names.get(column).strip(), cells.get(i).get(column));
      }
      rows.add(row(columns, here));
    }
    return rows;
  }

  private static List<List<String>> cells(String text, FileLabel label) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        cell.append(c);
      } else if (c != '\r') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          addRow(rows, row);
          row = new ArrayList<>();
        }
      }
    }
    if (quoted) {
      throw label.broken("has a quotation mark that is never closed");
    }
    row.add(cell.toString());
    addRow(rows, row);
    return rows;
  }

  private static void addRow(List<List<String>> rows, List<String> row) {
    boolean empty = row.size() == 1 && row.getFirst().isBlank();
    if (!empty) {
      rows.add(row);
    }
  }
}
