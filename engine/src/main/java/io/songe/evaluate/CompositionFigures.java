package io.songe.evaluate;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.compose.Composer;
import io.songe.data.compose.Composition;
import io.songe.data.compose.CompositionPrompt;
import io.songe.data.compose.Tint;
import io.songe.error.InvalidRequestException;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.Material;
import io.songe.evaluate.judge.Opinion;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Whether compositions are what was asked for. Colours are measured, not judged; of two things each
 * is looked for in its half. Beside each figure stands what true compositions of the drawings
 * themselves get in the same way.
 */
final class CompositionFigures {
  private static final int FIVE = 5;
  private static final int REAL = 60;
  private static final long SEED = 5;

  private final Judge judge;
  private final Material material;
  private final boolean hasConcepts;

  private final Mean colour = new Mean();
  private final Mean colouredThing = new Mean();
  private final Mean ground = new Mean();
  private final Mean groundThing = new Mean();
  private final Mean bothThings = new Mean();
  private final Mean inPlace = new Mean();
  private final List<CompositionPrompt> related = new ArrayList<>();

  CompositionFigures(Judge judge, Material material) {
    this.judge = judge;
    this.material = material;
    this.hasConcepts = material.hasConcepts();
  }

  /** Whether a picture of a thing in a colour is right. */
  boolean colour(CompositionPrompt prompt, Image picture) {
    boolean right = PictureColour.ofThing(picture).english().equals(prompt.tint());
    colour.add(right);
    colouredThing.add(names(picture, prompt.concepts().getFirst()));
    return right;
  }

  /** Whether the ground behind a thing is right. */
  boolean ground(CompositionPrompt prompt, Image picture) {
    boolean right = PictureColour.ofGround(picture).english().equals(prompt.tint());
    ground.add(right);
    groundThing.add(names(picture, prompt.concepts().getFirst()));
    return right;
  }

  private boolean names(Image picture, String concept) {
    return judge.look(List.of(picture)).getFirst().names(concept, FIVE);
  }

  /** Whether two things stand as they should. */
  boolean relation(CompositionPrompt prompt, Image picture) {
    related.add(prompt);
    return relation(prompt, picture, bothThings, inPlace);
  }

  private boolean relation(CompositionPrompt prompt, Image picture, Mean both, Mean placed) {
    Halves halves = Halves.of(picture, prompt.relation().orElseThrow());
    List<Opinion> opinions = judge.look(List.of(halves.first(), halves.second()));
    String first = prompt.concepts().getFirst();
    String second = prompt.concepts().getLast();
    boolean right =
        opinions.getFirst().names(first, FIVE) && opinions.getLast().names(second, FIVE);
    boolean swapped =
        opinions.getFirst().names(second, FIVE) && opinions.getLast().names(first, FIVE);
    both.add(right || swapped);
    placed.add(right);
    return right;
  }

  /** The figures of all that was looked at. */
  List<Figure> figures() {
    Real real = real();
    double names = Math.min(1, (double) FIVE / judge.card().config().concepts().size());
    double tints = 1.0 / Tint.values().length;
    return List.of(
        figure(
            "colour",
            "Things in a colour: the measured colour is right",
            colour,
            real.colour,
            tints),
        concept(
            "colour_thing",
            "... and the thing is among the first five",
            colouredThing,
            real.colouredThing,
            names),
        figure(
            "ground",
            "Things on a coloured ground: the measured colour is right",
            ground,
            real.ground,
            tints),
        concept(
            "ground_thing",
            "... and the thing is among the first five",
            groundThing,
            real.groundThing,
            names),
        concept(
            "two_things",
            "Two things: each is recognised in a half of its own",
            bothThings,
            real.bothThings,
            names * names),
        concept(
            "relation",
            "Two things: each is recognised where it should stand",
            inPlace,
            real.inPlace,
            names * names / 2));
  }

  private Figure concept(String id, String text, Mean mean, Mean real, double chance) {
    return hasConcepts
        ? figure(id, text, mean, real, chance)
        : Figure.missing(
            id,
            text,
            "each drawing of this corpus is of a thing of its own, so none can be recognised again");
  }

  private static Figure figure(String id, String text, Mean mean, Mean real, double chance) {
    OptionalDouble value = mean.value();
    return value.isEmpty()
        ? Figure.missing(id, text, "the corpus has no drawings that such compositions can be of")
        : Figure.part(id, text, value.getAsDouble(), real.value(), chance, mean.count());
  }

  /** What true compositions get. */
  private record Real(
      Mean colour,
      Mean colouredThing,
      Mean ground,
      Mean groundThing,
      Mean bothThings,
      Mean inPlace) {}

  private Real real() {
    Real real = new Real(new Mean(), new Mean(), new Mean(), new Mean(), new Mean(), new Mean());
    if (colour.count() > 0) {
      for (Composition made : composed(Composition.Kind.RECOLOURED)) {
        real.colour.add(PictureColour.ofThing(made.image()).english().equals(made.tint()));
        real.colouredThing.add(names(made.image(), concept(made)));
      }
    }
    if (ground.count() > 0) {
      for (Composition made : composed(Composition.Kind.BACKGROUND)) {
        real.ground.add(PictureColour.ofGround(made.image()).english().equals(made.tint()));
        real.groundThing.add(names(made.image(), concept(made)));
      }
    }
    for (CompositionPrompt prompt : related.subList(0, Math.min(REAL, related.size()))) {
      Image first = material.pictures().apply(prompt.drawings().getFirst());
      Image second = material.pictures().apply(prompt.drawings().getLast());
      Image joined = Halves.joined(first, second, prompt.relation().orElseThrow());
      relation(prompt, joined, real.bothThings, real.inPlace);
    }
    return real;
  }

  private String concept(Composition made) {
    return material.drawings().get(made.drawings().getFirst()).concept();
  }

  private List<Composition> composed(Composition.Kind kind) {
    try {
      List<Drawing> drawings = material.drawings();
      int side = material.pictures().apply(0).width();
      Composer composer =
          new Composer(
              drawings, material.pictures(), side, Holdout.Part.TRAINING, Map.of(kind, 1.0), SEED);
      List<Composition> made = new ArrayList<>();
      for (int i = 0; i < REAL; i++) {
        Composition one = composer.at(i);
        if (one.kind() == kind && !one.tint().isEmpty()) {
          made.add(one);
        }
      }
      return made;
    } catch (InvalidRequestException nothingToCompose) {
      return List.of();
    }
  }
}
