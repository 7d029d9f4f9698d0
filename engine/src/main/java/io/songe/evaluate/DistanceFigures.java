package io.songe.evaluate;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.evaluate.judge.Features;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a model's pictures are from each other, and from the drawings that it learned from. */
final class DistanceFigures {
  private static final int FEWEST = 4;
  private static final int RANDOM_PAIRS = 1000;
  private static final long SEED = 11;

  private final JudgedDrawings judged;
  private final RealDrawings real;
  private final List<Integer> training;
  private final List<Figure> figures = new ArrayList<>();

  DistanceFigures(JudgedDrawings judged) {
    this.judged = judged;
    this.real = new RealDrawings(judged);
    this.training = Holdout.of(judged.drawings()).drawings(Holdout.Part.TRAINING);
  }

  /** The drawings that a model may have learned from. */
  List<Integer> training() {
    return training;
  }

  /**
   * The figures.
   *
   * @param seen what was delivered of what the model may have learned
   * @param pairs what was delivered of unseen pairs
   * @param varied {@link PromptPlan#SEEDS} pictures of each phrase in a row
   */
  List<Figure> of(List<Delivery> seen, List<Delivery> pairs, List<Delivery> varied) {
    variety(varied);
    frechet(seen, pairs);
    nearest(seen);
    languages(seen);
    return figures;
  }

  private void variety(List<Delivery> varied) {
    Mean apart = new Mean();
    for (int from = 0; from + PromptPlan.SEEDS <= varied.size(); from += PromptPlan.SEEDS) {
      List<Features> features =
          varied.subList(from, from + PromptPlan.SEEDS).stream()
              .map(one -> one.opinion().features())
              .toList();
      pairwise(features, apart);
    }
    Set<String> concepts =
        varied.stream()
            .map(one -> real.drawing(one.commission()).concept())
            .collect(Collectors.toSet());
    figures.add(
        Figure.number(
            "variety",
            "Distance of pictures of one phrase without a style, at different seeds",
            apart.value().orElse(0),
            betweenStyles(concepts),
            OptionalDouble.of(1 - randomCosine()),
            varied.size()));
  }

  private static void pairwise(List<Features> features, Mean apart) {
    for (int i = 0; i < features.size(); i++) {
      for (int j = 0; j < i; j++) {
        apart.add(1 - features.get(i).cosine(features.get(j)));
      }
    }
  }

  /** The distance of real drawings of one thing in different styles. */
  private OptionalDouble betweenStyles(Set<String> concepts) {
    Mean apart = new Mean();
    for (List<Integer> group : real.groups(concepts)) {
      pairwise(group.stream().map(i -> judged.opinions().get(i).features()).toList(), apart);
    }
    return apart.value();
  }

  private double randomCosine() {
    Draws draws = new Draws(SEED);
    int count = judged.drawings().size();
    Mean cosine = new Mean();
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      Features a = judged.opinions().get(draws.below(count, 0, i)).features();
      Features b = judged.opinions().get(draws.below(count, 1, i)).features();
      cosine.add(a.cosine(b));
    }
    return cosine.value().orElse(0);
  }

  /** Of as many pictures as there are drawings kept aside, or as many drawings as pictures. */
  private void frechet(List<Delivery> seen, List<Delivery> pairs) {
    String text = "Fréchet distance of features to the training drawings";
    List<Features> drawn = new ArrayList<>();
    pairs.forEach(one -> drawn.add(one.opinion().features()));
    seen.forEach(one -> drawn.add(one.opinion().features()));
    List<Integer> aside = judged.division().unseenPairs();
    int count = aside.size() < FEWEST ? drawn.size() : Math.min(drawn.size(), aside.size());
    if (count < FEWEST || training.size() < FEWEST) {
      figures.add(Figure.missing("frechet", text, "there are too few pictures"));
      return;
    }
    List<Features> reference = features(training);
    OptionalDouble ofReal =
        aside.size() < FEWEST
            ? OptionalDouble.empty()
            : OptionalDouble.of(FrechetDistance.of(features(aside.subList(0, count)), reference));
    figures.add(
        Figure.number(
            "frechet",
            text,
            FrechetDistance.of(drawn.subList(0, count), reference),
            ofReal,
            OptionalDouble.empty(),
            count));
  }

  private List<Features> features(List<Integer> drawings) {
    return drawings.stream().map(i -> judged.opinions().get(i).features()).toList();
  }

  private void nearest(List<Delivery> seen) {
    Mean features = new Mean();
    Mean pixels = new Mean();
    for (Delivery one : seen) {
      NearestDrawing nearest = nearest(one);
      features.add(nearest.distance());
      pixels.add(nearest.pixels());
    }
    Mean realFeatures = new Mean();
    Mean realPixels = new Mean();
    for (int i : judged.division().unseenPairs()) {
      NearestDrawing nearest =
          NearestDrawing.of(judged.opinions().get(i), judged.pixels().get(i), judged, training);
      realFeatures.add(nearest.distance());
      realPixels.add(nearest.pixels());
    }
    String remark = "less than real drawings have that were kept aside would be memory";
    figures.add(
        Figure.number(
                "nearest_features",
                "Distance to the nearest training drawing, by the judge's features",
                features.value().orElse(0),
                realFeatures.value(),
                OptionalDouble.empty(),
                features.count())
            .withRemark(remark));
    figures.add(
        Figure.number(
                "nearest_pixels",
                "Distance to the nearest training drawing, by pixels at 16x16",
                pixels.value().orElse(0),
                realPixels.value(),
                OptionalDouble.empty(),
                pixels.count())
            .withRemark(remark));
  }

  /** The training drawing that is nearest to a picture. */
  NearestDrawing nearest(Delivery one) {
    return NearestDrawing.of(one.opinion(), one.pixels(), judged, training);
  }

  /** Pictures of one drawing's two captions, from one seed. */
  private void languages(List<Delivery> seen) {
    String text = "Agreement of the languages: cosine of the two pictures of one seed";
    Map<Integer, Features> english = new HashMap<>();
    Mean agreement = new Mean();
    for (Delivery one : seen) {
      if (one.commission().language() == Language.ENGLISH) {
        english.put(one.commission().drawing(), one.opinion().features());
      }
    }
    for (Delivery one : seen) {
      Features other = english.get(one.commission().drawing());
      if (one.commission().language() == Language.FRENCH && other != null) {
        agreement.add(one.opinion().cosine(other));
      }
    }
    if (agreement.count() == 0) {
      figures.add(Figure.missing("languages", text, "the corpus has no captions in two languages"));
      return;
    }
    Set<String> concepts =
        judged.drawings().stream().map(Drawing::concept).collect(Collectors.toSet());
    OptionalDouble apart = betweenStyles(some(concepts));
    figures.add(
        Figure.number(
                "languages",
                text,
                agreement.value().orElse(0),
                apart.isPresent()
                    ? OptionalDouble.of(1 - apart.getAsDouble())
                    : OptionalDouble.empty(),
                OptionalDouble.of(randomCosine()),
                agreement.count())
            .withRemark("beside it, two real drawings of one thing in different styles"));
  }

  private static Set<String> some(Set<String> all) {
    List<String> sorted = all.stream().sorted().toList();
    int[] order = new Draws(SEED).order(sorted.size(), 2);
    return Arrays.stream(order).limit(200).mapToObj(sorted::get).collect(Collectors.toSet());
  }
}
