package io.songe.gallery;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name that a picture's file gets from its phrase. */
public final class PhraseName {
  /** Names are cut here, at the end of a word: with seed and number they stay well below 255. */
  private static final int MOST_BYTES = 80;

  private static final String WITHOUT_WORDS = "songe";

  private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private PhraseName() {}

  /**
   * {@return the phrase's words joined by hyphens, in lower case and without accents}
   *
   * @param phrase any text; one without a letter or digit becomes {@code songe}
   */
  public static String of(String phrase) {
    String latin = phrase.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae");
    String plain =
        ACCENTS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFKD)).replaceAll("");
    StringBuilder name = new StringBuilder();
    List<String> words =
        BETWEEN_WORDS
            .splitAsStream(plain.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .toList();
    for (String word : words) {
      String longer = name.isEmpty() ? word : name + "-" + word;
      if (bytes(longer) > MOST_BYTES) {
        return name.isEmpty() ? cut(word) : name.toString();
      }
      name.replace(0, name.length(), longer);
    }
    return name.isEmpty() ? WITHOUT_WORDS : name.toString();
  }

  private static String cut(String word) {
    int end = word.length();
    while (bytes(word.substring(0, end)) > MOST_BYTES) {
      end = word.offsetByCodePoints(end, -1);
    }
    return word.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
