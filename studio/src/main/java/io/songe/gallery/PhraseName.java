package io.songe.gallery;

import java.nio.charset.Charset;
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

  /** In what the names of files are written: another than UTF-8 where the locale asks for it. */
  private static final Charset NAMES =
      Charset.forName(
          System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()),
          StandardCharsets.UTF_8);

  private PhraseName() {}

  /**
   * {@return the phrase's words joined by hyphens, in lower case and without accents}
   *
   * @param phrase any text; words that no file's name can hold here are left out, and where no
   *     letter or digit is left the name is {@code songe}
   */
  public static String of(String phrase) {
    return of(phrase, NAMES);
  }

  /**
   * {@return the phrase's words that a name can hold}
   *
   * @param phrase any text
   * @param names in what the names of files are written
   */
  static String of(String phrase, Charset names) {
    String latin = phrase.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae");
    String plain =
        ACCENTS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFKD)).replaceAll("");
    StringBuilder name = new StringBuilder();
    List<String> words =
        BETWEEN_WORDS
            .splitAsStream(plain.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty() && names.newEncoder().canEncode(word))
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
