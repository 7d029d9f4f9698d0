package io.songe.train.textimage;

import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.data.Groups;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.data.compose.Composer;
import io.songe.data.compose.Composition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which pictures a model learns from, and what it is told of them.
 *
 * @param condition what it is told
 * @param side of the pictures that are encoded, in pixels; divides that of the corpus's, which are
 *     shrunk to it by averaging
 * @param count how many there are
 * @param captions how many each has, if they are worded freely
 * @param shares how often each kind of composition appears
 * @param groups of drawings that are learned from
 * @param seed another row of pictures for each
 */
public record LatentPlan(
    Condition condition,
    int side,
    int count,
    int captions,
    Map<Composition.Kind, Double> shares,
    Groups groups,
    long seed) {
  /** A plan with its map copied, in the order of the kinds. */
  public LatentPlan {
    EnumMap<Composition.Kind, Double> ordered = new EnumMap<>(Composition.Kind.class);
    ordered.putAll(shares);
    shares = ordered;
  }

  /**
   * The shares that suit a condition: one name cannot tell of more than one plain drawing.
   *
   * @param condition what the model is told
   * @return as {@link Composer#usualShares()}, or plain drawings alone
   */
  public static Map<Composition.Kind, Double> usualShares(Condition condition) {
    return switch (condition) {
      case TEXT -> Composer.usualShares();
      case CLASS, NONE -> Map.of(Composition.Kind.PLAIN, 1.0);
    };
  }

  /**
   * The usual shares, but that another part of all pictures is composed.
   *
   * @param composed how many pictures are not plain drawings, from 0 to 1
   * @return shares that sum to 1
   * @throws IllegalArgumentException if there is no such part
   */
  public static Map<Composition.Kind, Double> shares(double composed) {
    if (!(composed >= 0 && composed <= 1)) {
      throw new IllegalArgumentException(
          "the part of the pictures that are composed is from 0 to 1, got " + composed);
    }
    Map<Composition.Kind, Double> usual = new EnumMap<>(Composer.usualShares());
    usual.remove(Composition.Kind.PLAIN);
    double sum = usual.values().stream().mapToDouble(share -> share).sum();
    usual.replaceAll((_, share) -> share / sum * composed);
    usual.put(Composition.Kind.PLAIN, 1 - composed);
    return usual;
  }

  /**
   * Shares with every kind of composition named: what they leave is plain drawings.
   *
   * @param composed parts of all pictures, each at least 0, together at most 1; none for {@link
   *     Composition.Kind#PLAIN}
   * @return shares that sum to 1; kinds that are not named have none
   * @throws IllegalArgumentException if there are no such parts
   */
  public static Map<Composition.Kind, Double> shares(Map<Composition.Kind, Double> composed) {
    double sum = composed.values().stream().mapToDouble(share -> share).sum();
    boolean parts = composed.values().stream().allMatch(share -> share >= 0);
    if (!parts || !(sum <= 1) || composed.containsKey(Composition.Kind.PLAIN)) {
      throw new IllegalArgumentException(
          "the parts of composed pictures are at least 0 and together at most 1, got " + composed);
    }
    Map<Composition.Kind, Double> shares = new EnumMap<>(Composition.Kind.class);
    shares.putAll(composed);
    shares.put(Composition.Kind.PLAIN, 1 - sum);
    return shares;
  }

  /**
   * The pictures, of the drawings of a corpus that are for training.
   *
   * @param corpus open as long as the row is used
   * @return an endless row
   * @throws io.songe.error.InvalidRequestException if there is no drawing to learn from, or none of
   *     a group
   */
  public CaptionedPicture.Row row(Corpus corpus) {
    groups.requireIn(corpus.drawings());
    Composer composer = new Composer(corpus, Holdout.Part.TRAINING, groups::include, shares, seed);
    return position -> {
      Composition composition = composer.at(position);
      List<Integer> shown = composition.drawings();
      return new CaptionedPicture(
          composition.image(),
          captions(composition, corpus.drawings().get(shown.getFirst())),
          shown.size() == 1 ? OptionalInt.of(shown.getFirst()) : OptionalInt.empty());
    };
  }

  private List<String> captions(Composition composition, Drawing first) {
    return switch (condition) {
      case NONE -> List.of("");
      case CLASS -> List.of(className(first));
      case TEXT -> {
        List<Language> languages = List.of(Language.values());
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < captions(); i++) {
          Language language = languages.get(i % languages.size());
          captions.add(composition.caption(language, i / languages.size()));
        }
        yield captions;
      }
    };
  }

  /**
   * {@return the one name of what a drawing shows: its label in the first language that it has}
   *
   * @param drawing any
   */
  public static String className(Drawing drawing) {
    return drawing.captions().values().iterator().next().label();
  }

  /**
   * What the latents are made of.
   *
   * @param corpus fingerprint of the corpus
   * @param autoencoder fingerprint of the autoencoder
   * @param tokenizer fingerprint of the tokenizer
   * @return the recipe
   */
  LatentRecipe recipe(String corpus, String autoencoder, String tokenizer) {
    return new LatentRecipe(
        corpus,
        autoencoder,
        tokenizer,
        condition + " " + shares + (groups.equals(Groups.all()) ? "" : " of " + groups),
        seed,
        side,
        count,
        condition == Condition.TEXT ? captions : 1);
  }
}
