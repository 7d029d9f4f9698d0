package io.songe.text;

import io.songe.error.InvalidRequestException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@link BytePairTrainer} has learned.
 *
 * @param tokens in the order of their ids, without begin and end
 * @param merges the pairs that join, the earliest first, the two with a space between
 */
public record LearntTokenizer(List<String> tokens, List<String> merges) {
  /** A tokenizer with its lists copied. */
  public LearntTokenizer {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /** {@return how many tokens there are, begin and end included} */
  public int size() {
    return tokens.size() + 2;
  }

  /**
   * Writes the tokenizer as they are published: {@code vocab.json}, {@code merges.txt} and {@code
   * tokenizer_config.json}. {@link ClipTokenizer#open} reads it.
   *
   * @param folder to write into; it is made if it is not there
   * @param length how many tokens a chunk has, begin and end included
   * @throws InvalidRequestException if the folder holds a tokenizer
   * @throws io.songe.error.BrokenFileException if it cannot be written
   */
  public void write(Path folder, int length) {
    requireNone(folder);
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    ids.put(ClipTokenizer.BEGIN, ids.size());
    ids.put(ClipTokenizer.END, ids.size());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("tokenizer_class", "CLIPTokenizer");
    config.put("model_max_length", length);
    config.put("bos_token", ClipTokenizer.BEGIN);
    config.put("eos_token", ClipTokenizer.END);
    config.put("unk_token", ClipTokenizer.END);
    config.put("pad_token", ClipTokenizer.END);
    try {
      Files.createDirectories(folder);
      write(folder.resolve("vocab.json"), JsonMapper.shared().writeValueAsString(ids));
      write(
          folder.resolve("merges.txt"),
          "#version: 0.2\n"
              + merges.stream().map(merge -> merge + "\n").collect(Collectors.joining()));
      write(
          folder.resolve("tokenizer_config.json"),
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    } catch (IOException failed) {
      throw FileLabel.ofFolder(folder)
          .broken(
              "could not be written (%s); free some space or choose another folder"
                  .formatted(FileLabel.reason(failed)),
              failed);
    }
  }

  /**
   * Refuses a folder in which a tokenizer lies.
   *
   * @param folder that would be written into
   * @throws InvalidRequestException if the folder holds a tokenizer
   */
  public static void requireNone(Path folder) {
    for (String name : List.of("vocab.json", "merges.txt", "tokenizer.json")) {
      if (Files.exists(folder.resolve(name))) {
        throw new InvalidRequestException(
            "%s holds a tokenizer already (%s); choose another folder"
                .formatted(FileLabel.ofFolder(folder).text(), name));
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }
}
