package io.songe.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Collects what the files of one folder say about special and added tokens. What is read later
 * overrides what was read before.
 */
final class SpecialTokenReader {
  /** The roles that a file may give to a token, in the order in which the reference adds them. */
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  /**
   * A token before its id is known. A bare string and an object are different mentions, even where
   * they say the same.
   */
  private record Written(String content, boolean bare, boolean normalized, boolean special) {
    AddedToken withId(int id, boolean special) {
      return new AddedToken(content, id, normalized, special);
    }
  }

  private final Map<String, Written> roles = new HashMap<>();
  private final List<Written> extra = new ArrayList<>();
  private final List<Written> additional = new ArrayList<>();
  private final TreeMap<Integer, AddedToken.Declared> declared = new TreeMap<>();

  /** A reader that knows the tokens which CLIP has where no file names another. */
  SpecialTokenReader() {
    roles.put("bos_token", new Written(ClipTokenizer.BEGIN, true, false, true));
    for (String role : List.of("eos_token", "unk_token", "pad_token")) {
      roles.put(role, new Written(ClipTokenizer.END, true, false, true));
    }
  }

  /** Reads roles and further special tokens from a configuration. */
  void readConfig(TokenizerFile file, JsonNode root) {
    readRoles(file, root);
    readList(file, root, "extra_special_tokens", extra);
    if (extra.isEmpty()) {
      readList(file, root, "additional_special_tokens", extra);
    }
  }

  /**
   * Reads a special_tokens_map.json, whose additional tokens count only where there are no others.
   */
  void readMap(TokenizerFile file, JsonNode root) {
    readRoles(file, root);
    readList(file, root, "extra_special_tokens", extra);
    readList(file, root, "additional_special_tokens", additional);
  }

  /** Reads {@code added_tokens_decoder} of a configuration, an object of id to token. */
  void readDecoder(TokenizerFile file, JsonNode decoder) {
    decoder
        .properties()
        .forEach(entry -> {
          int id;
          try {
            id = Integer.parseInt(entry.getKey());
          } catch (NumberFormatException notAnId) {
            throw file.broken(
                "has \"%s\" for an id in added_tokens_decoder; fetch it again", entry.getKey());
          }
          declare(file, id, written(file, "added_tokens_decoder", entry.getValue(), false));
        });
  }

  /** Reads an added_tokens.json, an object of token to id. */
  void readAddedTokens(TokenizerFile file, JsonNode root) {
    Set<String> special = roleContents();
    extra.forEach(token -> special.add(token.content()));
    root.properties()
        .forEach(entry -> {
          boolean isSpecial = special.contains(entry.getKey());
          declare(
              file,
              id(file, entry.getValue()),
              new Written(entry.getKey(), false, !isSpecial, isSpecial));
        });
  }

  /** Reads {@code added_tokens} of a tokenizer.json, an array of tokens with their ids. */
  void readAddedTokenArray(TokenizerFile file, JsonNode array) {
    for (JsonNode node : array) {
      declare(file, id(file, node.path("id")), written(file, "added_tokens", node, false));
    }
  }

  /** {@return the declared tokens with the files that declare them, by ascending id} */
  List<AddedToken.Declared> declared() {
    return List.copyOf(declared.values());
  }

  /**
   * All that was read.
   *
   * @param folder what is incomplete if a token has no id
   * @param vocabulary all tokens, the declared ones included
   * @return the special tokens
   */
  SpecialTokens resolve(TokenizerFile folder, Vocabulary vocabulary) {
    Set<String> special = roleContents();
    var added = new LinkedHashMap<String, AddedToken>();
    for (AddedToken.Declared declaration : declared.values()) {
      AddedToken token = declaration.token();
      boolean isSpecial = token.special() || special.contains(token.content());
      added.put(
          token.content(),
          new AddedToken(token.content(), token.id(), token.normalized(), isSpecial));
    }
    Set<String> settled = Set.copyOf(added.keySet());
    for (Written token : mentions()) {
      if (!settled.contains(token.content())) {
        added.put(token.content(), token.withId(id(folder, vocabulary, token), true));
      }
    }
    return new SpecialTokens(
        roleId(folder, vocabulary, "bos_token"),
        roleId(folder, vocabulary, "eos_token"),
        roleId(folder, vocabulary, "pad_token"),
        roleId(folder, vocabulary, "unk_token"),
        List.copyOf(added.values()));
  }

  /** Special tokens without repetitions; of several with the same content the last one counts. */
  private Set<Written> mentions() {
    var mentions = new LinkedHashSet<Written>();
    for (String role : ROLES) {
      Written token = roles.get(role);
      if (token != null) {
        mentions.add(token);
      }
    }
    mentions.addAll(extra.isEmpty() ? additional : extra);
    return mentions;
  }

  private int roleId(TokenizerFile folder, Vocabulary vocabulary, String role) {
    return id(folder, vocabulary, Objects.requireNonNull(roles.get(role)));
  }

  private static int id(TokenizerFile folder, Vocabulary vocabulary, Written token) {
    return vocabulary
        .id(token.content())
        .orElseThrow(() ->
            folder.broken(
                "has no special token \"%s\" in its vocabulary; do its files belong together?",
                token.content()));
  }

  private Set<String> roleContents() {
    var contents = new HashSet<String>();
    roles.values().forEach(token -> contents.add(token.content()));
    return contents;
  }

  private void readRoles(TokenizerFile file, JsonNode root) {
    for (String role : ROLES) {
      JsonNode node = root.path(role);
      boolean unneeded = node.isNull() && !roles.containsKey(role);
      if (!node.isMissingNode() && !unneeded) {
        roles.put(role, written(file, role, node, true));
      }
    }
  }

  private static void readList(
      TokenizerFile file, JsonNode root, String name, List<Written> tokens) {
    for (JsonNode node : root.path(name)) {
      tokens.add(written(file, name, node, true));
    }
  }

  private void declare(TokenizerFile file, int id, Written token) {
    declared.put(id, new AddedToken.Declared(file, token.withId(id, token.special())));
  }

  private static int id(TokenizerFile file, JsonNode node) {
    if (!node.isInt()) {
      throw file.broken("has %s for the id of an added token; fetch it again", node);
    }
    return node.intValue();
  }

  private static Written written(TokenizerFile file, String name, JsonNode node, boolean special) {
    JsonNode content = node.isObject() ? node.path("content") : node;
    if (!content.isString() || content.stringValue().isEmpty()) {
      throw file.broken("should name a token for %s, got %s; fetch it again", name, node);
    }
    for (String option : List.of("lstrip", "rstrip", "single_word")) {
      if (node.path(option).asBoolean(false)) {
        throw file.broken(
            "sets %s for the token \"%s\", which is not supported; use a tokenizer without it",
            option, content.stringValue());
      }
    }
    boolean isSpecial = special || node.path("special").asBoolean(false);
    boolean normalized = node.path("normalized").asBoolean(!isSpecial);
    return new Written(content.stringValue(), node.isString(), normalized, isSpecial);
  }
}
