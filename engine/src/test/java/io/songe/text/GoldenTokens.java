package io.songe.text;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code tools/golden/tokenizer.py} wrote, and the vocabulary that it was written with. */
final class GoldenTokens {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A text with the reference's answers.
   *
   * @param text the text
   * @param ids its ids without begin and end
   * @param padded its ids cut and padded to the model's length, if the script asked
   * @param decoded the text of its ids, if the script asked
   */
  record Line(String text, TokenIds ids, @Nullable TokenIds padded, @Nullable String decoded) {
    private static Line read(JsonNode node) {
      return new Line(
          node.get("text").stringValue(),
          ids(node.get("ids")),
          node.has("padded") ? ids(node.get("padded")) : null,
          node.has("decoded") ? node.get("decoded").stringValue() : null);
    }

    private static TokenIds ids(JsonNode node) {
      return TokenIds.of(node.valueStream().mapToInt(JsonNode::intValue).toArray());
    }
  }

  private GoldenTokens() {}

  /** {@return the folder with songe-mini's tokenizer} */
  static Path mini() {
    try {
      return Path.of(resource("mini").toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** {@return texts with their ids by songe-mini's tokenizer} */
  static List<Line> lines() throws IOException {
    return unzipped("lines.jsonl.gz").lines().map(JSON::readTree).map(Line::read).toList();
  }

  /** {@return names of folders as different models publish them} */
  static List<String> folderNames() throws IOException {
    return List.copyOf(folders().propertyNames());
  }

  /** {@return texts with their ids by the tokenizer of a folder} */
  static List<Line> lines(String folderName) throws IOException {
    return folders().get(folderName).get("lines").valueStream().map(Line::read).toList();
  }

  /** {@return texts with their ids by a tokenizer that comes with the engine} */
  static List<Line> published(PublishedTokenizer tokenizer) throws IOException {
    return JSON.readTree(unzipped("published.json.gz"))
        .get(tokenizer.name().toLowerCase(Locale.ROOT))
        .valueStream()
        .map(Line::read)
        .toList();
  }

  /** {@return the number of tokens that the reference counts in a folder} */
  static int vocabularySize(String folderName) throws IOException {
    return folders().get(folderName).get("size").intValue();
  }

  /** Writes a folder's files, with songe-mini's vocabulary and merges if it has none. */
  static void writeFolder(String folderName, Path target) throws IOException {
    JsonNode files = folders().get(folderName).get("files");
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      Files.writeString(target.resolve(file.getKey()), file.getValue().toString());
    }
    if (!files.has("tokenizer.json")) {
      copyVocabulary(target);
    }
  }

  /** Copies songe-mini's vocabulary and merges. */
  static void copyVocabulary(Path target) throws IOException {
    for (String name : List.of("vocab.json", "merges.txt")) {
      Files.write(target.resolve(name), Files.readAllBytes(mini().resolve(name)));
    }
  }

  private static JsonNode folders() throws IOException {
    return JSON.readTree(unzipped("folders.json.gz"));
  }

  private static String unzipped(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(resource(name).openStream())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(
        GoldenTokens.class.getResource("/golden/tokenizer/" + name), name);
  }
}
