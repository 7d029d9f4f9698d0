package io.songe.jobs;

import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.Recipe;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long pictures take, learned from those that were drawn: for each model, way of drawing and
 * size apart, since neither small nor large pictures take a time that is proportional to theirs.
 * Later pictures count more than earlier ones.
 */
final class Pace {
  /** How much the latest job counts. */
  private static final double WEIGHT = 0.3;

  /** What seconds are counted for: a million pixels and steps. */
  private static final double UNIT = 1e6;

  private final Map<Key, Double> seconds = new HashMap<>();

  /** In what ways pictures are drawn. */
  enum Kind {
    FROM_NOISE,
    FROM_PICTURE,
    TWO_PASSES
  }

  /**
   * Pictures that are alike.
   *
   * @param size twice the binary logarithm of their pixels and steps
   */
  record Key(String model, Kind kind, int size) {}

  /**
   * What was learned.
   *
   * @param seconds of a million pixels and steps
   */
  record Entry(Key key, double seconds) {}

  Pace(List<Entry> learned) {
    learned.forEach(this::put);
  }

  void put(Entry entry) {
    seconds.put(entry.key(), entry.seconds());
  }

  /**
   * {@return what is known once a picture has taken so long}
   *
   * @param recipe of the picture
   * @param taken seconds
   */
  Entry learned(Recipe recipe, double taken) {
    Key key = key(recipe);
    double now = taken / work(recipe);
    double before = seconds.getOrDefault(key, now);
    return new Entry(key, before + WEIGHT * (now - before));
  }

  /** {@return how many seconds such a picture takes; empty before any was drawn} */
  OptionalDouble ofPicture(Recipe recipe) {
    Key key = key(recipe);
    return seconds.entrySet().stream()
        .min(Comparator.comparingInt(known -> distance(known.getKey(), key)))
        .map(nearest -> OptionalDouble.of(nearest.getValue() * work(recipe)))
        .orElse(OptionalDouble.empty());
  }

  /** Another size says more than another way of drawing, and that more than another model. */
  private static int distance(Key known, Key wanted) {
    int distance = Math.abs(known.size() - wanted.size());
    if (known.kind() != wanted.kind()) {
      distance += 100;
    }
    if (!known.model().equals(wanted.model())) {
      distance += 1000;
    }
    return distance;
  }

  private static Key key(Recipe recipe) {
    Kind kind =
        recipe
            .edit()
            .map(edit ->
                edit.secondPass().isPresent()
                    ? Kind.TWO_PASSES
                    : edit.start().isPresent() ? Kind.FROM_PICTURE : Kind.FROM_NOISE)
            .orElse(Kind.FROM_NOISE);
    int size = (int) Math.round(2 * Math.log(work(recipe) * UNIT) / Math.log(2));
    return new Key(recipe.model(), kind, size);
  }

  private static double work(Recipe recipe) {
    double strength =
        recipe.edit().flatMap(EditRecipe::start).map(EditRecipe.StartRecipe::strength).orElse(1.0);
    double steps = Math.max(1, recipe.steps() * strength);
    return recipe.width() * (double) recipe.height() * steps / UNIT;
  }
}
