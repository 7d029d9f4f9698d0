package io.songe.models;

import io.songe.error.BrokenFileException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub's answer about a model. */
final class HubModelJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern LICENCE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");
  private static final int MOST_FILES = 100_000;
  private static final String TAG = "license:";

  private HubModelJson() {}

  /**
   * Reads an answer.
   *
   * @throws BrokenFileException if it is none about a model
   */
  static HubModel read(byte[] answer, HubId id, URI page) {
    JsonNode json;
    try {
      json = JSON.readTree(answer);
    } catch (JacksonException garbled) {
      throw broken(id, "is not JSON", garbled);
    }
    String commit = json.path("sha").asString("");
    JsonNode siblings = json.path("siblings");
    if (!COMMIT.matcher(commit).matches() || !siblings.isArray() || siblings.size() > MOST_FILES) {
      throw broken(id, "names no commit or no files", null);
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode file : siblings) {
      String path = file.path("rfilename").asString("");
      if (!HubFile.isPlain(path)) {
        continue; // a picture with a fancy name, say: no file that a model needs is called so
      }
      files.add(
          new HubFile(
              path,
              file.path("size").asLong(-1),
              text(file.path("lfs").path("sha256")),
              text(file.path("blobId"))));
    }
    return new HubModel(id, commit, licence(json), page, files);
  }

  /** Named in the card, or else among the tags; "other" has a name of its own. */
  private static Optional<String> licence(JsonNode json) {
    JsonNode card = json.path("cardData");
    Optional<String> named =
        text(card.path("license"))
            .filter(licence -> !licence.equals("other"))
            .or(() -> text(card.path("license_name")))
            .or(() -> text(card.path("license")));
    if (named.isPresent()) {
      return named.filter(licence -> LICENCE.matcher(licence).matches());
    }
    for (JsonNode tag : json.path("tags")) {
      String text = tag.asString("");
      if (text.startsWith(TAG)) {
        return Optional.of(text.substring(TAG.length()))
            .filter(licence -> LICENCE.matcher(licence).matches());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() ? Optional.of(node.asString()) : Optional.empty();
  }

  private static BrokenFileException broken(HubId id, String problem, @Nullable Throwable cause) {
    String message =
        "what the hub says about %s cannot be understood: it %s; is the address that of a hub?"
            .formatted(id, problem);
    return cause == null
        ? new BrokenFileException(message)
        : new BrokenFileException(message, cause);
  }
}
