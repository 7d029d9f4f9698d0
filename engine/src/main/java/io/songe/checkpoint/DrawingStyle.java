package io.songe.checkpoint;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A way of drawing that a model was taught by name.
 *
 * @param name as in the captions it learned from, such as {@code 3d}
 * @param phrases how the captions said it, by language (ISO 639-1), with {@code {prompt}} and
 *     {@code {style}} where those stand; English must be among them
 */
public record DrawingStyle(String name, Map<String, String> phrases) {
  private static final Pattern WORD_END = Pattern.compile("[^\\p{L}]+");

  private static final String PROMPT = "{prompt}";

  /** Short words that French phrases are full of and English ones are not. */
  private static final Set<String> FRENCH =
      Set.of(
          "un", "une", "le", "la", "les", "des", "du", "de", "et", "sur", "avec", "dans", "qui",
          "au", "aux", "en", "sous", "fond");

  /**
   * A style with its phrases copied.
   *
   * @throws IllegalArgumentException if there is no English phrase, or one without {@code {prompt}}
   *     or {@code {style}}
   */
  public DrawingStyle {
    phrases = Map.copyOf(phrases);
    if (!phrases.containsKey("en")) {
      throw new IllegalArgumentException(
          "the phrases for drawing styles need an English one, 'en', got " + phrases.keySet());
    }
    phrases.forEach((language, phrase) -> {
      if (!phrase.contains("{prompt}") || !phrase.contains("{style}")) {
        throw new IllegalArgumentException(
            "the phrase for drawing styles needs {prompt} and {style}, got '"
                + phrase
                + "' for the language "
                + language);
      }
    });
  }

  /**
   * Asks for this style in the words that the model knows, in the prompt's language.
   *
   * @param prompt what to draw
   * @return the prompt with the style
   */
  public String applyTo(String prompt) {
    String english = Objects.requireNonNull(phrases.get("en"), "checked when made");
    String phrase = isFrench(prompt) ? phrases.getOrDefault("fr", english) : english;
    return phrase.replace("{style}", name).replace("{prompt}", prompt);
  }

  /**
   * Takes this style's words away again.
   *
   * @param prompt perhaps with the style
   * @return what {@link #applyTo} gives the prompt for; the prompt itself if there is nothing
   */
  public String removeFrom(String prompt) {
    for (String phrase : phrases.values()) {
      String styled = phrase.replace("{style}", name);
      int at = styled.indexOf(PROMPT);
      int after = styled.length() - at - PROMPT.length();
      if (prompt.length() >= at + after) {
        String inner = prompt.substring(at, prompt.length() - after);
        if (applyTo(inner).equals(prompt)) {
          return inner;
        }
      }
    }
    return prompt;
  }

  private static boolean isFrench(String prompt) {
    return prompt.chars().anyMatch(c -> "éèêëàâçîïôùûœ".indexOf(Character.toLowerCase(c)) >= 0)
        || WORD_END.splitAsStream(prompt.toLowerCase(Locale.ROOT)).anyMatch(FRENCH::contains);
  }
}
