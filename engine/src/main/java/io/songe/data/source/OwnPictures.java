package io.songe.data.source;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.data.Skipped;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Somebody's own folder of pictures, with captions in a {@code .txt} file of the same name beside
 * each, or in one {@code metadata.jsonl} or {@code metadata.csv} for all. The columns are {@code
 * file_name}, {@code text} (or {@code caption}) or {@code text_en} and {@code text_fr}, and perhaps
 * {@code concept}, {@code style}, {@code group}, {@code keywords_en}, {@code keywords_fr} (joined
 * by commas) and {@code licence}. A picture that lacks something is left out and named; the rest
 * goes on.
 */
public final class OwnPictures {
  private static final Set<String> PICTURES =
      Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "svg", "tif", "tiff", "heic", "avif");

  private static final String NO_CAPTION =
      "it has no caption: put one in a .txt file of the same name beside it, or in metadata.jsonl";

  private final Path folder;
  private final Language language;
  private final List<Original> originals = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, String> keys = new HashMap<>();

  private OwnPictures(Path folder, Language language) {
    this.folder = folder;
    this.language = language;
  }

  /**
   * Finds the pictures of a folder and all folders in it, and their captions. Pictures themselves
   * are read when the corpus is built.
   *
   * @param folder of pictures
   * @param language of captions that do not say theirs
   * @return what was found
   * @throws InvalidRequestException if the folder does not exist, or not one picture in it has a
   *     caption
   * @throws io.songe.error.BrokenFileException if it cannot be read, or its list of captions is
   *     malformed
   */
  public static Originals read(Path folder, Language language) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          "%s: there is no such folder of pictures".formatted(FileLabel.ofFolder(folder).text()));
    }
    var pictures = new OwnPictures(folder, language);
    try {
      pictures.collect();
    } catch (IOException unreadable) {
      throw FileLabel.ofFolder(folder).unreadable(unreadable);
    }
    if (pictures.originals.isEmpty()) {
      throw new InvalidRequestException(
          "%s holds no picture with a caption (%s); put a .txt file of the same name beside each picture, or give a metadata.jsonl"
              .formatted(
                  FileLabel.ofFolder(folder).text(),
                  pictures.skipped.isEmpty()
                      ? "no pictures at all"
                      : pictures.skipped.getFirst().what()
                          + ": "
                          + pictures.skipped.getFirst().why()));
    }
    return new Originals(
        pictures.originals,
        pictures.skipped,
        new TreeMap<>(Map.of("source", "folder", "language", language.code())),
        List.of());
  }

  private void collect() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).filter(file -> !isHidden(file)).sorted().toList();
    }
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (CaptionRow row : CaptionList.read(folder)) {
      if (rows.putIfAbsent(row.file(), row.columns()) != null) {
        skipped.add(new Skipped(row.file(), "the list of captions has it twice; the first counts"));
      }
    }
    for (Path file : files) {
      String name = name(file);
      if (PICTURES.contains(extension(name))) {
        Optional<Map<String, String>> row = Optional.ofNullable(rows.remove(name));
        try {
          add(file, name, row.isPresent() ? row.get() : besides(file));
        } catch (UnusableArtworkException unusable) {
          skipped.add(new Skipped(name, unusable.why()));
        }
      }
    }
    for (String missing : new TreeSet<>(rows.keySet())) {
      skipped.add(
          new Skipped(missing, "the list of captions names it, but there is no such picture"));
    }
  }

  private boolean isHidden(Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> besides(Path file) throws UnusableArtworkException {
    String name = file.getFileName().toString();
    Path text = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
    if (!Files.exists(text)) {
      throw new UnusableArtworkException(NO_CAPTION);
    }
    return Map.of("text", CaptionText.read(text));
  }

  private void add(Path file, String name, Map<String, String> row)
      throws UnusableArtworkException {
    Map<Language, Caption> captions = captions(row);
    if (captions.isEmpty()) {
      throw new UnusableArtworkException(NO_CAPTION);
    }
    String key = name.substring(0, name.lastIndexOf('.'));
    String other = keys.putIfAbsent(key, name);
    if (other != null) {
      throw new UnusableArtworkException(
          "it has the same name as %s but for the ending; rename one of them".formatted(other));
    }
    originals.add(
        new Original(
            new Drawing(
                key,
                row.getOrDefault("concept", key),
                row.getOrDefault("style", ""),
                row.getOrDefault("group", ""),
                captions,
                row.getOrDefault("licence", ""),
                name),
            new Artwork.File(file)));
  }

  private Map<Language, Caption> captions(Map<String, String> row) {
    Map<Language, Caption> captions = new EnumMap<>(Language.class);
    for (Language each : Language.values()) {
      String text = row.getOrDefault("text_" + each.code(), "");
      if (text.isBlank() && each == language) {
        text = row.getOrDefault("text", row.getOrDefault("caption", ""));
      }
      if (!text.isBlank()) {
        captions.put(each, new Caption(oneLine(text), keywords(row, each)));
      }
    }
    return captions;
  }

  private static List<String> keywords(Map<String, String> row, Language language) {
    return Stream.of(row.getOrDefault("keywords_" + language.code(), "").split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
