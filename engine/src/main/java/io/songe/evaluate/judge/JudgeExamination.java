package io.songe.evaluate.judge;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds out how good a judge is, on drawings that it never saw. */
public final class JudgeExamination {
  /** As many candidates as the pixel baseline was measured with first. */
  private static final int CANDIDATES = 200;

  private static final int FEWEST = 5;
  private static final long SEED = 7;

  private final Judge judge;
  private final JudgedDrawings judged;
  private final JudgeDivision division;
  private final Draws draws = new Draws(SEED);

  private JudgeExamination(Judge judge, JudgedDrawings judged) {
    this.judge = judge;
    this.judged = judged;
    this.division = judged.division();
  }

  /**
   * Examines a judge.
   *
   * @param judge whom
   * @param judged what it says of the drawings of a corpus
   * @return how good it is
   */
  public static JudgeQuality of(Judge judge, JudgedDrawings judged) {
    return new JudgeExamination(judge, judged).examine();
  }

  private JudgeQuality examine() {
    return new JudgeQuality(
        stylePairs(),
        unseenConcepts(),
        naming(division.unseenPairs()),
        naming(division.unseenStyles()),
        styleNaming(),
        phrases());
  }

  private List<StylePair> stylePairs() {
    Map<String, Map<String, Integer>> byStyle = new TreeMap<>();
    Set<String> unseen = new HashSet<>();
    division.unseenConcepts().forEach(i -> unseen.add(judged.drawings().get(i).concept()));
    for (int i = 0; i < judged.drawings().size(); i++) {
      Drawing drawing = judged.drawings().get(i);
      if (!unseen.contains(drawing.concept())) {
        byStyle.computeIfAbsent(drawing.style(), _ -> new TreeMap<>()).put(drawing.concept(), i);
      }
    }
    List<StylePair> pairs = new ArrayList<>();
    for (String from : byStyle.keySet()) {
      for (String to : byStyle.keySet()) {
        boolean hidden =
            division.hiddenStyles().contains(from) || division.hiddenStyles().contains(to);
        if (hidden && !from.equals(to)) {
          stylePair(from, to, byStyle).ifPresent(pairs::add);
        }
      }
    }
    return pairs;
  }

  private Optional<StylePair> stylePair(
      String from, String to, Map<String, Map<String, Integer>> byStyle) {
    Map<String, Integer> queries = Objects.requireNonNull(byStyle.get(from));
    Map<String, Integer> candidates = Objects.requireNonNull(byStyle.get(to));
    List<String> common =
        some(queries.keySet().stream().filter(candidates::containsKey).toList(), CANDIDATES);
    if (common.size() < FEWEST) {
      return Optional.empty();
    }
    int[] query = common.stream().map(queries::get).mapToInt(i -> i).toArray();
    int[] candidate = common.stream().map(candidates::get).mapToInt(i -> i).toArray();
    return Optional.of(found(from, to, query, candidate));
  }

  private StylePair found(String from, String to, int[] query, int[] candidate) {
    List<Opinion> opinions = judged.opinions();
    List<Features> pixels = judged.pixels();
    return new StylePair(
        from,
        to,
        Retrieval.of(
            query.length,
            (q, c) -> opinions.get(query[q]).cosine(opinions.get(candidate[c]).features())),
        Retrieval.of(
            query.length, (q, c) -> -pixels.get(query[q]).distance(pixels.get(candidate[c]))));
  }

  /** Every pair of styles in which enough of the unseen concepts are drawn. */
  private Optional<StylePair> unseenConcepts() {
    Map<String, Map<String, Integer>> byStyle = new TreeMap<>();
    for (int i : division.unseenConcepts()) {
      Drawing drawing = judged.drawings().get(i);
      byStyle.computeIfAbsent(drawing.style(), _ -> new TreeMap<>()).put(drawing.concept(), i);
    }
    List<StylePair> pairs = new ArrayList<>();
    for (String from : byStyle.keySet()) {
      for (String to : byStyle.keySet()) {
        if (!from.equals(to)) {
          stylePair(from, to, byStyle).ifPresent(pairs::add);
        }
      }
    }
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StylePair(
                "",
                "",
                Retrieval.mean(pairs.stream().map(StylePair::judge).toList()),
                Retrieval.mean(pairs.stream().map(StylePair::pixels).toList())));
  }

  private Optional<JudgeQuality.Naming> naming(List<Integer> drawings) {
    if (drawings.isEmpty()) {
      return Optional.empty();
    }
    int count = drawings.size();
    return Optional.of(
        new JudgeQuality.Naming(
            Retrieval.part(count, i -> names(drawings.get(i), 1)),
            Retrieval.part(count, i -> names(drawings.get(i), 5)),
            count,
            division.concepts().size()));
  }

  private boolean names(int drawing, int first) {
    return judged.opinions().get(drawing).names(judged.drawings().get(drawing).concept(), first);
  }

  private Optional<JudgeQuality.Naming> styleNaming() {
    List<Integer> drawings = division.unseenPairs();
    if (drawings.isEmpty() || division.styles().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JudgeQuality.Naming(
            Retrieval.part(drawings.size(), i -> styled(drawings.get(i), 1)),
            Retrieval.part(drawings.size(), i -> styled(drawings.get(i), 5)),
            drawings.size(),
            division.styles().size()));
  }

  private boolean styled(int drawing, int first) {
    List<String> styles = judged.opinions().get(drawing).styles();
    return styles
        .subList(0, Math.min(first, styles.size()))
        .contains(judged.drawings().get(drawing).style());
  }

  private List<JudgeQuality.PhraseRetrieval> phrases() {
    List<JudgeQuality.PhraseRetrieval> found = new ArrayList<>();
    for (Language language : Language.values()) {
      phrases(language).ifPresent(found::add);
    }
    return found;
  }

  /** One drawing of each concept, all of them with labels of their own. */
  private Optional<JudgeQuality.PhraseRetrieval> phrases(Language language) {
    Map<String, Integer> byLabel = new LinkedHashMap<>();
    Set<String> concepts = new HashSet<>();
    List<Integer> unseen =
        some(
            Stream.concat(division.unseenPairs().stream(), division.unseenStyles().stream())
                .toList(),
            Integer.MAX_VALUE);
    for (int i : unseen) {
      Drawing drawing = judged.drawings().get(i);
      Caption caption = drawing.captions().get(language);
      if (caption != null && byLabel.size() < CANDIDATES && concepts.add(drawing.concept())) {
        byLabel.putIfAbsent(caption.label(), i);
      }
    }
    if (byLabel.size() < FEWEST) {
      return Optional.empty();
    }
    int[] drawings = byLabel.values().stream().mapToInt(i -> i).toArray();
    List<Features> phrases = judge.read(List.copyOf(byLabel.keySet()));
    List<Opinion> opinions = judged.opinions();
    return Optional.of(
        new JudgeQuality.PhraseRetrieval(
            language.code(),
            Retrieval.of(
                drawings.length, (q, c) -> opinions.get(drawings[q]).cosine(phrases.get(c))),
            Retrieval.of(
                drawings.length, (q, c) -> opinions.get(drawings[c]).cosine(phrases.get(q)))));
  }

  /** Some of a list, chosen at random but always the same. */
  private <T> List<T> some(List<T> all, int most) {
    int[] order = draws.order(all.size(), 0);
    return Arrays.stream(order).limit(most).<T>mapToObj(all::get).toList();
  }
}
