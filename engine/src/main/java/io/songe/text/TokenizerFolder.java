package io.songe.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A published tokenizer's folder, on any file system: {@code tokenizer.json}, or else {@code
 * vocab.json} and {@code merges.txt}; with what {@code tokenizer_config.json}, {@code
 * special_tokens_map.json} and {@code added_tokens.json} say, where they are. Which file has the
 * last word is as in the reference.
 *
 * @param path the folder
 */
record TokenizerFolder(Path path) {
  /** What a configuration writes for "no limit", give or take a float's rounding. */
  private static final double NO_LIMIT = 1e29;

  private static final int LARGEST_MAX_LENGTH = 1 << 16;

  /** {@return the tokenizer in this folder} */
  ClipTokenizer read() {
    if (!Files.isDirectory(path)) {
      throw new TokenizerFile(path)
          .broken(
              "is not a folder; a tokenizer is a folder with tokenizer.json, or with vocab.json and merges.txt");
    }
    TokenizerFile configFile = file("tokenizer_config.json");
    JsonNode config = configFile.objectIfPresent();
    requireOneOf(configFile, config, "tokenizer_class", "CLIPTokenizer", "CLIPTokenizerFast");
    requireOneOf(configFile, config, "padding_side", "right");
    requireOneOf(configFile, config, "truncation_side", "right");
    int maxLength = maxLength(configFile, config);

    var tokens = new SpecialTokenReader();
    tokens.readConfig(configFile, config);
    JsonNode decoder = config.path("added_tokens_decoder");
    boolean configDeclares = decoder.isObject();
    if (configDeclares) {
      tokens.readDecoder(configFile, decoder);
    } else {
      TokenizerFile map = file("special_tokens_map.json");
      tokens.readMap(map, map.objectIfPresent());
      TokenizerFile added = file("added_tokens.json");
      tokens.readAddedTokens(added, added.objectIfPresent());
    }

    TokenizerFile jsonFile = file("tokenizer.json");
    if (jsonFile.exists()) {
      TokenizerJson json = TokenizerJson.read(jsonFile);
      if (!configDeclares) {
        tokens.readAddedTokenArray(jsonFile, json.addedTokens());
      }
      Vocabulary vocabulary = json.vocabulary();
      ClipTokenizer tokenizer = tokenizer(tokens, vocabulary, json.merges(vocabulary), maxLength);
      json.checkFrame(tokenizer.beginId(), tokenizer.endId());
      return tokenizer;
    }
    TokenizerFile vocabularyFile = file("vocab.json");
    Vocabulary vocabulary = Vocabulary.read(vocabularyFile, vocabularyFile.object());
    Merges merges = Merges.read(file("merges.txt"), vocabulary);
    return tokenizer(tokens, vocabulary, merges, maxLength);
  }

  private ClipTokenizer tokenizer(
      SpecialTokenReader tokens, Vocabulary base, Merges merges, int maxLength) {
    Vocabulary vocabulary = base.with(tokens.declared());
    SpecialTokens special = tokens.resolve(new TokenizerFile(path), vocabulary);
    var pairs = new BytePairs(base, merges, special.unknown());
    return new ClipTokenizer(pairs, vocabulary, special, maxLength);
  }

  private TokenizerFile file(String name) {
    return new TokenizerFile(path.resolve(name));
  }

  private static void requireOneOf(
      TokenizerFile file, JsonNode config, String key, String... supported) {
    JsonNode value = config.path(key);
    List<String> known = List.of(supported);
    if (!value.isMissingNode() && !value.isNull() && !known.contains(value.asString(""))) {
      throw file.broken("has %s %s; supported is %s", key, value, String.join(" or ", known));
    }
  }

  private static int maxLength(TokenizerFile file, JsonNode config) {
    JsonNode value = config.path("model_max_length");
    boolean unlimited = value.isNumber() && value.doubleValue() > NO_LIMIT;
    if (value.isMissingNode() || value.isNull() || unlimited) {
      return ClipTokenizer.CLIP_MAX_LENGTH;
    }
    if (!value.isInt() || value.intValue() < 3 || value.intValue() > LARGEST_MAX_LENGTH) {
      throw file.broken(
          "has model_max_length %s; a chunk has 3 to %d tokens", value, LARGEST_MAX_LENGTH);
    }
    return value.intValue();
  }
}
