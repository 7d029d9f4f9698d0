package io.songe.data.compose;

import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Puts the pictures together. A composition in which something could not be seen as its caption
 * says is not made.
 *
 * @param pictures gives the picture of a drawing by its position
 * @param side of the pictures, in pixels
 */
record Stage(IntFunction<Image> pictures, int side) {
  private static final double MARGIN = 0.03;

  /** How much of a ground must be seen, of one. */
  private static final double GROUND_SEEN = 0.15;

  /** How much of what stands behind may be hidden, and how much must be, of one. */
  private static final double MOST_HIDDEN = 0.5;

  private static final double LEAST_HIDDEN = 0.05;

  /** How far a thing's colour must lie from the ground's, as {@link Tint#distance} measures. */
  private static final double CONTRAST = 16_000;

  /** {@return the drawing as it is, or mirrored where that makes no difference to its name} */
  Image plain(Subject subject, Dice dice) {
    Image picture = pictures.apply(subject.position());
    return subject.mirrors() && dice.chance(0.5) ? Cutout.mirrored(picture) : picture;
  }

  /** {@return the drawing in a colour} */
  Optional<Image> recoloured(Actor actor, Dice dice) {
    Image picture = plain(actor.subject(), dice);
    return actor.tint().flatMap(tint -> Recolouring.of(picture, tint));
  }

  /** {@return the drawing on a ground} */
  Optional<Image> on(Ground ground, Subject subject, Dice dice) {
    Optional<Cutout> cutout = cutout(new Actor(subject, Optional.empty()), dice);
    if (cutout.isEmpty() || hides(cutout.get(), ground)) {
      return Optional.empty();
    }
    var canvas = new Canvas(side);
    canvas.fill(ground);
    double size = side * dice.between(0.6, 0.9);
    Cutout fitted = cutout.get().within(size, size);
    lay(canvas, fitted, 0.5 + dice.between(-0.04, 0.04), 0.5 + dice.between(-0.04, 0.04));
    return Optional.of(canvas.image());
  }

  /** {@return the drawing small, at a place or anywhere} */
  Optional<Image> small(Subject subject, Optional<Place> place, Dice dice) {
    double size = side * dice.between(0.24, 0.4);
    return cutout(new Actor(subject, Optional.empty()), dice)
        .map(cutout -> {
          Cutout fitted = cutout.within(size, size);
          var canvas = new Canvas(side);
          double x = place.map(at -> (at.column() * 2 + 1) / 6.0).orElse(dice.uniform());
          double y = place.map(at -> (at.row() * 2 + 1) / 6.0).orElse(dice.uniform());
          lay(canvas, fitted, x + dice.between(-0.03, 0.03), y + dice.between(-0.03, 0.03));
          return canvas.image();
        });
  }

  /** {@return two, three or four of the drawing, apart from each other} */
  Optional<Image> counted(Subject subject, int count, Dice dice) {
    List<Spot> spots = dice.pick(Spot.arrangements(count));
    return cutout(new Actor(subject, Optional.empty()), dice)
        .map(cutout -> {
          var canvas = new Canvas(side);
          for (Spot spot : spots) {
            Cutout fitted = fitted(cutout, spot, dice);
            lay(canvas, fitted, spot.x(), spot.y());
          }
          return canvas.image();
        });
  }

  /** {@return things that stand to each other as a relation says} */
  Optional<Image> related(List<Actor> actors, Relation relation, Dice dice) {
    List<Cutout> cutouts = new ArrayList<>();
    for (Actor actor : actors) {
      cutout(actor, dice).ifPresent(cutouts::add);
    }
    if (cutouts.size() < actors.size()) {
      return Optional.empty();
    }
    if (relation == Relation.IN_FRONT_OF || relation == Relation.BEHIND) {
      boolean first = relation == Relation.IN_FRONT_OF;
      return inFront(cutouts.get(first ? 0 : 1), cutouts.get(first ? 1 : 0), dice);
    }
    var canvas = new Canvas(side);
    List<Spot> spots = Spot.of(relation, cutouts.size());
    for (int i = 0; i < spots.size(); i++) {
      Cutout fitted = fitted(cutouts.get(i), spots.get(i), dice);
      lay(canvas, fitted, spots.get(i).x(), spots.get(i).y());
    }
    return Optional.of(canvas.image());
  }

  private Optional<Image> inFront(Cutout near, Cutout far, Dice dice) {
    double way = dice.chance(0.5) ? 1 : -1;
    double farSize = side * dice.between(0.62, 0.7);
    double nearSize = side * dice.between(0.46, 0.54);
    Cutout behind = far.within(farSize, farSize);
    Cutout before = near.within(nearSize, nearSize);
    int behindLeft = edge(0.5 - way * dice.between(0.08, 0.14), behind.width());
    int behindTop = edge(0.4, behind.height());
    int beforeLeft = edge(0.5 + way * dice.between(0.12, 0.2), before.width());
    int beforeTop = edge(0.7, before.height());
    double hidden = behind.hiddenBy(before, beforeLeft - behindLeft, beforeTop - behindTop);
    if (hidden < LEAST_HIDDEN || hidden > MOST_HIDDEN) {
      return Optional.empty();
    }
    var canvas = new Canvas(side);
    canvas.lay(behind, behindLeft, behindTop);
    canvas.lay(before, beforeLeft, beforeTop);
    return Optional.of(canvas.image());
  }

  private Optional<Cutout> cutout(Actor actor, Dice dice) {
    Image picture = plain(actor.subject(), dice);
    Optional<Image> coloured =
        actor.tint().isEmpty() ? Optional.of(picture) : Recolouring.of(picture, actor.tint().get());
    return coloured.flatMap(Cutout::of);
  }

  /** Whether nothing of the ground would be seen, or the drawing would not be seen on it. */
  private static boolean hides(Cutout cutout, Ground ground) {
    Colour mean = Cutout.mean(cutout.image());
    return cutout.covered() > 1 - GROUND_SEEN
        || ground.tints().stream().anyMatch(tint -> Tint.distance(tint.colour(), mean) < CONTRAST);
  }

  private Cutout fitted(Cutout cutout, Spot spot, Dice dice) {
    double scale = dice.between(0.88, 1);
    return cutout.within(side * spot.width() * scale, side * spot.height() * scale);
  }

  /** Lays a cutout with its centre at a point, moved so that all of it is on the canvas. */
  private void lay(Canvas canvas, Cutout cutout, double x, double y) {
    canvas.lay(cutout, edge(x, cutout.width()), edge(y, cutout.height()));
  }

  private int edge(double centre, int size) {
    int margin = (int) (side * MARGIN);
    int most = Math.max(0, side - margin - size);
    return Math.clamp(Math.round(centre * side - size / 2.0), Math.min(margin, most), most);
  }
}
