package io.songe.data.source;

import io.songe.data.Caption;
import io.songe.data.Language;
import io.songe.file.FileLabel;
import io.songe.format.StrictJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What emoji are called. The key under which captions and drawings meet is the <i>code</i>: the
 * emoji's code points in hexadecimal, joined by hyphens, without variation selectors. Those with a
 * skin tone have no caption of their own, and are left out with that.
 */
final class EmojiCaptions {
  private static final String VARIATION_SELECTOR = "FE0F";

  private final SequencedMap<String, Emoji> emoji = new LinkedHashMap<>();

  /** One emoji. */
  record Emoji(String group, Map<Language, Caption> captions) {
    boolean inAllLanguages() {
      return captions.size() == Language.values().length;
    }
  }

  /** Reads the files of the package. */
  static EmojiCaptions of(SortedMap<String, byte[]> files, FileLabel label) {
    EmojiCaptions captions = new EmojiCaptions();
    JsonNode groups =
        StrictJson.parse(required(files, "meta/groups.json", label), label).path("groups");
    for (Language language : Language.values()) {
      byte[] list = required(files, language.code() + "/data.json", label);
      for (JsonNode one : array(list, label)) {
        captions.add(language, one, groups);
      }
    }
    return captions;
  }

  /** Whether a file of the package is read. */
  static boolean isWanted(String path) {
    return path.equals("meta/groups.json")
        || path.matches("(en|fr)/data\\.json")
        || path.matches("en/shortcodes/[^/]+\\.json");
  }

  private static byte[] required(SortedMap<String, byte[]> files, String path, FileLabel label) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw label.broken("has no " + path + "; is it another version?");
    }
    return bytes;
  }

  /** A list at the top of a file, which strict reading takes inside an object only. */
  private static JsonNode array(byte[] bytes, FileLabel label) {
    var wrapped = new ByteArrayOutputStream();
    wrapped.writeBytes("{\"list\":".getBytes(StandardCharsets.UTF_8));
    wrapped.writeBytes(bytes);
    wrapped.writeBytes("}".getBytes(StandardCharsets.UTF_8));
    ObjectNode object = StrictJson.parse(wrapped.toByteArray(), label);
    return object.path("list");
  }

  private void add(Language language, JsonNode one, JsonNode groups) {
    List<String> keywords = new ArrayList<>();
    one.path("tags").forEach(tag -> keywords.add(tag.asString()));
    String group = one.has("group") ? groups.path(one.path("group").asString()).asString("") : "";
    String code = code(one.path("hexcode").asString());
    Emoji before = emoji.get(code);
    Map<Language, Caption> captions = new EnumMap<>(Language.class);
    if (before != null) {
      captions.putAll(before.captions());
    }
    captions.put(language, new Caption(one.path("label").asString(), keywords));
    emoji.put(code, new Emoji(group, captions));
  }

  /** The code of a sequence such as {@code 1f3f3-fe0f-200d-1f308}. */
  static String code(String hexadecimal) {
    return Arrays.stream(hexadecimal.toUpperCase(Locale.ROOT).split("[- ]", -1))
        .filter(point -> !point.equals(VARIATION_SELECTOR))
        .map(point -> point.replaceFirst("^0+(?=.)", ""))
        .collect(Collectors.joining("-"));
  }

  /** By code, in the order of the package. */
  SequencedMap<String, Emoji> all() {
    return emoji;
  }
}
