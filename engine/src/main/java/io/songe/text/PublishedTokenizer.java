package io.songe.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * CLIP's own tokenizers, with the vocabulary of 49,408 tokens that OpenAI published with the model
 * (Radford et al. 2021, section 2.4). It comes with Songe, since checkpoints of one file have none
 * in it.
 */
public enum PublishedTokenizer {
  /** OpenAI's: of Stable Diffusion 1, and of the first text encoder of XL. */
  CLIP("<|endoftext|>"),
  /** OpenCLIP's, which fills chunks otherwise: of Stable Diffusion 2, and of XL's second. */
  OPEN_CLIP("!");

  private static final String MERGES = "clip-merges.txt.gz";
  private static final String HEADING = "#version: 0.2";
  private static final TokenizerFile FILE = new TokenizerFile(Path.of(MERGES));
  private static final JsonMapper JSON = new JsonMapper();

  private final String pad;

  PublishedTokenizer(String pad) {
    this.pad = pad;
  }

  /** {@return the tokenizer, made anew} */
  public ClipTokenizer open() {
    List<String> pairs = pairs();
    Vocabulary vocabulary = Vocabulary.of(tokens(pairs));
    var special = new SpecialTokenReader();
    special.readConfig(FILE, JSON.valueToTree(config()));
    SpecialTokens tokens = special.resolve(FILE, vocabulary);
    var words = new BytePairs(vocabulary, Merges.of(FILE, pairs, vocabulary), tokens.unknown());
    return new ClipTokenizer(words, vocabulary, tokens, ClipTokenizer.CLIP_MAX_LENGTH);
  }

  /**
   * The files of a published tokenizer's folder, for programs that read such folders.
   *
   * @return the bytes of each file by its name; {@link ClipTokenizer#open} makes this tokenizer of
   *     them
   */
  public Map<String, byte[]> files() {
    List<String> pairs = pairs();
    List<String> tokens = tokens(pairs);
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("vocab.json", JSON.writeValueAsBytes(vocabulary));
    files.put("merges.txt", bytes(HEADING + "\n" + String.join("\n", pairs) + "\n"));
    files.put("tokenizer_config.json", JSON.writeValueAsBytes(config()));
    return files;
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("tokenizer_class", "CLIPTokenizer");
    config.put("model_max_length", ClipTokenizer.CLIP_MAX_LENGTH);
    config.put("bos_token", ClipTokenizer.BEGIN);
    config.put("eos_token", ClipTokenizer.END);
    config.put("unk_token", ClipTokenizer.END);
    config.put("pad_token", pad);
    return config;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> pairs() {
    InputStream resource =
        Objects.requireNonNull(PublishedTokenizer.class.getResourceAsStream(MERGES), MERGES);
    try (InputStream unzipped = new GZIPInputStream(resource)) {
      return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException ownResource) {
      throw new UncheckedIOException(ownResource);
    }
  }

  /** The bytes, the bytes at a word's end, what the pairs join to, and the two marks. */
  private static List<String> tokens(List<String> pairs) {
    List<String> tokens = new ArrayList<>(ByteAlphabet.printableFirst());
    tokens.addAll(tokens.stream().map(letter -> letter + BytePairs.END_OF_WORD).toList());
    pairs.forEach(pair -> tokens.add(pair.replace(" ", "")));
    tokens.add(ClipTokenizer.BEGIN);
    tokens.add(ClipTokenizer.END);
    return tokens;
  }
}
