package io.songe.checkpoint;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.text.ClipTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A tokenizer and its published files, to be used and to be copied into a model.
 *
 * @param tokenizer that is opened
 * @param files by their names in a model's folder, such as {@code tokenizer/vocab.json}
 */
public record StoredTokenizer(ClipTokenizer tokenizer, Map<String, Companion> files) {
  private static final String FOLDER = TowerFolders.FIRST.tokenizer();

  /** A tokenizer with its map copied, in the order of the names. */
  public StoredTokenizer {
    files = new TreeMap<>(files);
  }

  /**
   * Opens a tokenizer.
   *
   * @param folder with the published files, or one that has it in {@code tokenizer/}
   * @return the tokenizer
   * @throws io.songe.error.BrokenFileException if a file is missing or cannot be understood
   */
  public static StoredTokenizer open(Path folder) {
    Path inside = folder.resolve(FOLDER);
    Path place = Files.isDirectory(inside) ? inside : folder;
    ClipTokenizer tokenizer = ClipTokenizer.open(place);
    SequencedMap<String, Companion> files = new LinkedHashMap<>();
    ModelParts.tokenizerFiles(place)
        .forEach((name, file) -> files.put(FOLDER + "/" + name, Companion.of(file)));
    return new StoredTokenizer(tokenizer, files);
  }

  /**
   * The tokenizer of an opened model.
   *
   * @param model of one text encoder
   * @return its tokenizer
   * @throws InvalidRequestException if the model has several, or none in files
   */
  public static StoredTokenizer of(Checkpoint model) {
    SequencedMap<String, Companion> files = new LinkedHashMap<>();
    model
        .parts()
        .copies()
        .forEach((name, file) -> {
          if (name.startsWith(FOLDER + "/")) {
            files.put(name, file);
          }
        });
    if (model.textTowers().size() != 1 || files.isEmpty()) {
      throw new InvalidRequestException(
          "%s has no tokenizer that can be taken over; take a model in a folder, with one text encoder"
              .formatted(model.card().name()));
    }
    return new StoredTokenizer(model.textTowers().getFirst().tokenizer(), files);
  }

  /** {@return the SHA-256 of names and contents of the files, in hexadecimal digits} */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, Companion> file : files.entrySet()) {
        digest.update((file.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
        try (InputStream bytes = file.getValue().open()) {
          bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException failure) {
          throw new FileLabel(file.getKey()).unreadable(failure);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
