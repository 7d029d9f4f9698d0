package io.songe.train.textimage;

import io.songe.checkpoint.TaughtThings;
import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Groups;
import io.songe.data.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names by which a model learns things: labels, and those keywords that are another name rather
 * than a kind or a property. Only where a corpus names things, each with several drawings; pictures
 * with a caption each are described, not named.
 */
final class TaughtNames {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SHORTEST_PART = 4;

  private TaughtNames() {}

  static TaughtThings of(List<Drawing> corpus, Groups groups) {
    Map<String, List<String>> names = new TreeMap<>();
    for (Language language : Language.values()) {
      Map<String, Set<String>> labels = labelsOfKeywords(corpus, language);
      List<String> taught =
          corpus.stream()
              .filter(drawing -> groups.include(drawing) && isNamed(drawing))
              .flatMap(drawing -> drawing.caption(language).stream())
              .flatMap(caption -> names(caption, labels))
              .distinct()
              .sorted()
              .toList();
      if (!taught.isEmpty()) {
        names.put(language.code(), taught);
      }
    }
    return names.isEmpty() ? TaughtThings.UNSAID : new TaughtThings(names);
  }

  private static boolean isNamed(Drawing drawing) {
    return !drawing.concept().equals(drawing.key());
  }

  private static Stream<String> names(Caption caption, Map<String, Set<String>> labels) {
    return Stream.concat(
        Stream.of(caption.label()),
        caption.keywords().stream()
            .filter(keyword -> isName(keyword, labels.getOrDefault(keyword, Set.of()))));
  }

  /**
   * A short form ({@code hippo} of hippopotamus), or another name that several drawings share whose
   * labels have a word in common ({@code bunny} of rabbit and rabbit face).
   */
  private static boolean isName(String keyword, Set<String> labels) {
    Set<String> common =
        new TreeSet<>(BETWEEN_WORDS.splitAsStream(labels.iterator().next()).toList());
    labels.forEach(label -> common.retainAll(BETWEEN_WORDS.splitAsStream(label).toList()));
    boolean isPart =
        keyword.length() >= SHORTEST_PART
            && common.stream().anyMatch(word -> word.contains(keyword) && !word.equals(keyword));
    return isPart || (labels.size() > 1 && !common.isEmpty() && !common.contains(keyword));
  }

  private static Map<String, Set<String>> labelsOfKeywords(
      List<Drawing> corpus, Language language) {
    Map<String, Set<String>> labels = new HashMap<>();
    corpus.stream()
        .flatMap(drawing -> drawing.caption(language).stream())
        .forEach(caption ->
            caption
                .keywords()
                .forEach(keyword ->
                    labels.computeIfAbsent(keyword, _ -> new TreeSet<>()).add(caption.label())));
    return labels;
  }
}
