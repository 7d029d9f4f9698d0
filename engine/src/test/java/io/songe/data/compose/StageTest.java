package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.random.Draws;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
  private static final int SIDE = FakeDrawings.SIDE;
  private static final Colour RED = Colour.opaque(220, 0, 0);
  private static final Colour BLUE = Colour.opaque(0, 0, 220);

  /** The first drawing is red, the second blue. */
  private static final Stage STAGE =
      new Stage(i -> FakeDrawings.ellipse(i == 0 ? 0xDC0000 : 0x0000DC, 0.9, 0.8), SIDE);

  private static final Subject FIRST = subject(0, "key", "clé");
  private static final Subject SECOND = subject(1, "house", "maison");

  private static Subject subject(int position, String english, String french) {
    return Subject.of(position, FakeDrawings.drawing("objects", "flat", english, french));
  }

  private static Actor actor(Subject subject) {
    return new Actor(subject, Optional.empty());
  }

  private static Dice dice(long seed) {
    return new Dice(new Draws(seed));
  }

  /** Mean position of the pixels of a colour. */
  private static double centre(Image image, Colour colour, boolean across) {
    double sum = 0;
    int pixels = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (image.at(x, y).equals(colour)) {
          sum += across ? x : y;
          pixels++;
        }
      }
    }
    assertThat(pixels).as("pixels of %s", colour).isGreaterThan(20);
    return sum / pixels;
  }

  @ParameterizedTest
  @CsvSource({"LEFT_OF, true, -1", "RIGHT_OF, true, 1", "ABOVE, false, -1", "BELOW, false, 1"})
  void things_stand_as_their_relation_says(Relation relation, boolean across, double sign) {
    for (int seed = 0; seed < 20; seed++) {
      Image image =
          STAGE.related(List.of(actor(FIRST), actor(SECOND)), relation, dice(seed)).orElseThrow();

      double apart = centre(image, RED, across) - centre(image, BLUE, across);
      assertThat(apart * sign).as("seed %d", seed).isGreaterThan(SIDE / 4.0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_FRONT_OF", "BEHIND"})
  void what_stands_in_front_is_whole_and_hides_a_part_of_the_other(Relation relation) {
    Colour near = relation == Relation.IN_FRONT_OF ? RED : BLUE;
    int made = 0;
    for (int seed = 0; seed < 20; seed++) {
      Optional<Image> image =
          STAGE.related(List.of(actor(FIRST), actor(SECOND)), relation, dice(seed));
      if (image.isPresent()) {
        made++;
        // An ellipse that nothing hides is symmetric about its centre.
        ToDoubleFunction<Colour> skew =
            colour -> Math.abs(centre(image.get(), colour, true) - middle(image.get(), colour));
        assertThat(skew.applyAsDouble(near)).isLessThan(1);
      }
    }
    assertThat(made).isGreaterThan(10);
  }

  /** Half way between the first and the last column that have a colour. */
  private static double middle(Image image, Colour colour) {
    int first = SIDE;
    int last = -1;
    for (int x = 0; x < SIDE; x++) {
      for (int y = 0; y < SIDE; y++) {
        if (image.at(x, y).equals(colour)) {
          first = Math.min(first, x);
          last = x;
        }
      }
    }
    return (first + last) / 2.0;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void as_many_are_apart_from_each_other_as_are_counted(int count) {
    for (int seed = 0; seed < 20; seed++) {
      Image image = STAGE.counted(FIRST, count, dice(seed)).orElseThrow();

      assertThat(islands(image)).as("seed %d", seed).isEqualTo(count);
    }
  }

  /** How many connected regions are covered. */
  private static int islands(Image image) {
    var land = new boolean[SIDE * SIDE];
    for (int i = 0; i < land.length; i++) {
      land[i] = image.at(i % SIDE, i / SIDE).alpha() > 0;
    }
    int islands = 0;
    for (int i = 0; i < land.length; i++) {
      if (land[i]) {
        islands++;
        sink(land, i);
      }
    }
    return islands;
  }

  private static void sink(boolean[] land, int from) {
    var shore = new ArrayDeque<Integer>(List.of(from));
    while (!shore.isEmpty()) {
      int i = shore.pop();
      if (i < 0 || i >= land.length || !land[i]) {
        continue;
      }
      land[i] = false;
      shore.addAll(List.of(i - SIDE, i + SIDE));
      if (i % SIDE > 0) {
        shore.add(i - 1);
      }
      if (i % SIDE < SIDE - 1) {
        shore.add(i + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_small_thing_is_whole_and_at_its_place(Place place) {
    for (int seed = 0; seed < 10; seed++) {
      Image image = STAGE.small(FIRST, Optional.of(place), dice(seed)).orElseThrow();
      Cutout cutout = Cutout.of(image).orElseThrow();

      assertThat(Math.max(cutout.width(), cutout.height())).isLessThan(SIDE / 2);
      assertThat((int) (3 * centre(image, RED, true) / SIDE)).isEqualTo(place.column());
      assertThat((int) (3 * centre(image, RED, false) / SIDE)).isEqualTo(place.row());
      for (int i = 0; i < SIDE; i++) {
        assertThat(image.at(i, 0).alpha() + image.at(0, i).alpha()).isZero();
        assertThat(image.at(i, SIDE - 1).alpha() + image.at(SIDE - 1, i).alpha()).isZero();
      }
    }
  }

  @Test
  void a_drawing_is_not_put_on_a_ground_of_its_own_colour() {
    assertThat(STAGE.on(new Ground.Plain(Tint.RED), FIRST, dice(1))).isEmpty();
    assertThat(STAGE.on(new Ground.Plain(Tint.RED), SECOND, dice(1))).isPresent();
  }

  @Test
  void nothing_is_recoloured_to_look_like_another_colour() {
    for (Tint tint : Tint.values()) {
      for (int colour : new int[] {0xDC0000, 0x0000DC, 0x000000, 0xFFFFFF, 0x808080}) {
        Image drawing = FakeDrawings.ellipse(colour, 0.9, 0.8);

        Image recoloured = Recolouring.of(drawing, tint).orElseThrow();

        assertThat(Tint.nearest(Cutout.mean(recoloured))).isEqualTo(tint);
      }
    }
  }
}
