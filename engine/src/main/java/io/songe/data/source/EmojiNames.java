package io.songe.data.source;

import io.songe.data.Caption;
import io.songe.data.Language;
import io.songe.file.FileLabel;
import io.songe.format.StrictJson;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Which emoji a name means: some packages call their drawings by names alone, of several habits. A
 * name is looked up as it is, then without hyphens, then as a short code; where two emoji claim a
 * name, the first in the order below has it.
 */
final class EmojiNames {
  /** Packages whose names come with code points, the best first. */
  private static final List<String> CHARTED = List.of("noto", "twemoji", "flat");

  /** Packages whose aliases are believed. */
  private static final List<String> ALIASED = List.of("noto", "twemoji", "flat", "blob", "classic");

  /** Files of short codes, the most trusted first: what was given up comes last. */
  private static final List<String> SHORT_CODES =
      List.of(
          "cldr-native", "github", "cldr", "emojibase", "iamcal", "joypixels", "emojibase-legacy");

  private final Map<String, String> byName = new LinkedHashMap<>();
  private final Map<String, String> byLetters = new HashMap<>();
  private final Map<String, String> byShortCode = new HashMap<>();

  /**
   * Collects names.
   *
   * @param captions names each emoji in English
   * @param texts files of the package of captions
   * @param packages the read icon packages, by style
   */
  EmojiNames(
      EmojiCaptions captions,
      SortedMap<String, byte[]> texts,
      Map<String, IconPackage> packages,
      FileLabel label) {
    captions
        .all()
        .forEach((code, emoji) -> {
          Caption english = emoji.captions().get(Language.ENGLISH);
          if (english != null) {
            byName.putIfAbsent(slug(english.label()), code);
          }
        });
    present(CHARTED, packages).forEach(icons -> icons.codes().forEach(byName::putIfAbsent));
    present(ALIASED, packages)
        .forEach(icons ->
            icons
                .aliases()
                .forEach((alias, parent) -> {
                  String code = byName.get(parent);
                  if (code != null) {
                    byName.putIfAbsent(alias, code);
                  }
                }));
    byName.forEach((name, code) -> byLetters.put(name.replace("-", ""), code));
    for (String name : SHORT_CODES) {
      byte[] file = texts.get("en/shortcodes/" + name + ".json");
      if (file == null) {
        throw label.broken("has no short codes '%s'; is it another version?".formatted(name));
      }
      addShortCodes(StrictJson.parse(file, label));
    }
  }

  private static Stream<IconPackage> present(
      List<String> styles, Map<String, IconPackage> packages) {
    return styles.stream().flatMap(style -> Optional.ofNullable(packages.get(style)).stream());
  }

  private void addShortCodes(JsonNode file) {
    file.properties()
        .forEach(entry -> {
          String code = EmojiCaptions.code(entry.getKey());
          if (entry.getValue().isArray()) {
            entry.getValue().forEach(name -> byShortCode.putIfAbsent(slug(name.asString()), code));
          } else {
            byShortCode.putIfAbsent(slug(entry.getValue().asString()), code);
          }
        });
  }

  /** {@return the code that a name means, if any} */
  Optional<String> find(String name) {
    return Optional.ofNullable(byName.get(name))
        .or(() -> Optional.ofNullable(byLetters.get(name.replace("-", ""))))
        .or(() -> Optional.ofNullable(byShortCode.get(name)));
  }

  /** A name as icon packages write it: small letters without accents, digits, hyphens. */
  static String slug(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("[^\\x00-\\x7F]", "")
        .toLowerCase(Locale.ROOT)
        .replace("&", "and")
        .replace("'", "")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }
}
