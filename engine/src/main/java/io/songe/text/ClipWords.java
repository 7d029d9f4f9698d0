package io.songe.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where CLIP cuts a text into words: runs of letters, single digits, runs of anything else, and
 * English endings after an apostrophe.
 */
final class ClipWords {
  // No white space but the space is left after normalisation.
  private static final Pattern WORD =
      Pattern.compile(
          "<\\|(?<marker>startoftext|endoftext)\\|>"
              + "|'s|'t|'re|'ve|'m|'ll|'d"
              + "|\\p{L}+|\\p{N}|[^ \\p{L}\\p{N}]+");

  private ClipWords() {}

  /**
   * The words of a text.
   *
   * @param text in its normal form
   * @return the words in reading order, none empty
   */
  static List<String> of(String text) {
    var words = new ArrayList<String>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String marker = matcher.group("marker");
      if (marker == null) {
        words.add(matcher.group());
      } else {
        // The reference cuts twice: its second expression does not know the markers.
        words.addAll(List.of("<|", marker, "|>"));
      }
    }
    return words;
  }
}
