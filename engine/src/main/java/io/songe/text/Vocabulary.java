package io.songe.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tokens and their ids, which are 0 to {@link #size()} - 1, each once. */
final class Vocabulary {
  private final Map<String, Integer> ids;
  private final String[] tokens;

  private Vocabulary(Map<String, Integer> ids, String[] tokens) {
    this.ids = ids;
    this.tokens = tokens;
  }

  /**
   * A vocabulary from its JSON form, an object of token to id.
   *
   * @param file the file it was read from
   * @param node the object
   * @return the vocabulary
   */
  static Vocabulary read(TokenizerFile file, JsonNode node) {
    if (!node.isObject() || node.isEmpty()) {
      throw file.broken("has no vocabulary, an object of tokens and their ids; fetch it again");
    }
    var tokens = new String[node.size()];
    var ids = HashMap.<String, Integer>newHashMap(tokens.length);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode id = entry.getValue();
      if (!id.isInt() || id.intValue() < 0 || id.intValue() >= tokens.length) {
        throw file.broken(
            "gives token \"%s\" the id %s; the ids of its %d tokens should be 0 to %d",
            entry.getKey(), id, tokens.length, tokens.length - 1);
      }
      String other = tokens[id.intValue()];
      if (other != null) {
        throw file.broken(
            "gives the id %s to both \"%s\" and \"%s\"; fetch it again", id, other, entry.getKey());
      }
      tokens[id.intValue()] = entry.getKey();
      ids.put(entry.getKey(), id.intValue());
    }
    return new Vocabulary(ids, tokens);
  }

  /**
   * A vocabulary from a list.
   *
   * @param tokens each once, by ascending id
   * @return the vocabulary
   */
  static Vocabulary of(List<String> tokens) {
    var ids = HashMap.<String, Integer>newHashMap(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    return new Vocabulary(ids, tokens.toArray(String[]::new));
  }

  /**
   * This vocabulary with tokens that files declare beside it. One that is known must have its id, a
   * new one the next free id.
   *
   * @param declared the tokens, by ascending id
   * @return the larger vocabulary
   */
  Vocabulary with(List<AddedToken.Declared> declared) {
    var largerIds = new HashMap<>(ids);
    for (AddedToken.Declared declaration : declared) {
      AddedToken token = declaration.token();
      int expected = largerIds.getOrDefault(token.content(), largerIds.size());
      if (token.id() != expected) {
        throw declaration
            .file()
            .broken(
                "gives the added token \"%s\" the id %d, but the vocabulary makes it %d; fetch it again",
                token.content(), token.id(), expected);
      }
      largerIds.put(token.content(), token.id());
    }
    String[] largerTokens = Arrays.copyOf(tokens, largerIds.size());
    largerIds.forEach((token, id) -> largerTokens[id] = token);
    return new Vocabulary(largerIds, largerTokens);
  }

  /** {@return the id of a token, if it is known} */
  Optional<Integer> id(String token) {
    return Optional.ofNullable(ids.get(token));
  }

  /** {@return the token of an id from 0 to {@link #size()} - 1} */
  String token(int id) {
    return tokens[id];
  }

  boolean agreesWith(Vocabulary other) {
    return Arrays.equals(tokens, other.tokens);
  }

  /** {@return the number of tokens} */
  int size() {
    return tokens.length;
  }
}
