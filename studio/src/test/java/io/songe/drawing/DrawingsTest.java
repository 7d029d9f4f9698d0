package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.InputStore;
import io.songe.jobs.Job;
import io.songe.jobs.Order;
import io.songe.mini.SongeMini;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.Variation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingsTest {
  @TempDir static Path folder;
  private static Orders orders;
  private static Drawings drawings;

  @BeforeAll
  static void open() {
    InputStore inputs = new InputStore(folder.resolve("inputs"));
    orders = new Orders(folder.resolve("models"), inputs);
    drawings = new Drawings(folder.resolve("models"), inputs);
  }

  @AfterAll
  static void close() {
    drawings.close();
  }

  private static CollectingEasel draw(Wish wish, Integer... there) {
    var easel = new CollectingEasel(there);
    drawings.draw(Wishes.job(orders.complete(wish)), easel);
    return easel;
  }

  private static Wish travel(Optional<String> toPhrase, Optional<Long> toSeed) {
    var travel = new Order.Travel(toPhrase, toSeed, 3);
    return Wishes.small("a fox", 1, Edit.NONE, Optional.of(travel), false);
  }

  @Test
  void pictures_are_those_that_the_engine_draws() {
    CollectingEasel easel = draw(Wishes.small("a fox", 2));

    Recipe recipe = orders.complete(Wishes.small("a fox", 2)).recipe();
    try (TextToImage songe = SongeMini.open()) {
      Image second = songe.generate(TextToImage.request(recipe).withSeed(8)).getFirst().image();
      assertThat(easel.picture(1).image()).isEqualTo(second);
    }
    assertThat(Recipe.of(easel.picture(0).texts())).contains(recipe);
  }

  @Test
  void pictures_that_are_there_are_not_drawn_again() {
    CollectingEasel easel = draw(Wishes.small("a fox", 3), 0, 2);

    assertThat(easel.pictures).containsOnlyKeys(1);
    assertThat(Recipe.of(easel.picture(1).texts()).orElseThrow().seed()).isEqualTo(8);
  }

  @Test
  void every_step_is_told_and_the_first_is_seen() {
    CollectingEasel easel = draw(Wishes.small("a fox", 1));

    assertThat(easel.steps).extracting(CollectingEasel.Step::step).containsExactly(1, 2);
    assertThat(easel.steps).extracting(CollectingEasel.Step::steps).containsOnly(2);
    assertThat(easel.steps.getFirst().preview()).isPresent();
  }

  @Test
  void nothing_is_decoded_for_nobody() {
    CollectingEasel easel = new CollectingEasel();
    easel.watched = false;

    drawings.draw(Wishes.job(orders.complete(Wishes.small("a fox", 1))), easel);

    assertThat(easel.steps).hasSize(2).allSatisfy(step -> assertThat(step.preview()).isEmpty());
  }

  @Test
  void variations_are_counted_from_their_own_seed() {
    Edit varied = Edit.NONE.withVariation(new Variation(100, 0.3));

    CollectingEasel easel = draw(Wishes.small("a fox", 2, varied, Optional.empty(), false));

    Recipe second = Recipe.of(easel.picture(1).texts()).orElseThrow();
    assertThat(second.seed()).isEqualTo(7);
    assertThat(second.edit().orElseThrow().variation()).contains(new Variation(101, 0.3));
  }

  @Test
  void a_travel_goes_from_one_phrase_to_the_other() {
    CollectingEasel easel = draw(travel(Optional.of("a cat"), Optional.empty()));

    assertThat(easel.pictures).isEmpty();
    assertThat(easel.frames).containsOnlyKeys(0, 1, 2);
    assertThat(easel.frame(0)).isEqualTo(draw(Wishes.small("a fox", 1)).picture(0).image());
    assertThat(easel.frame(2)).isEqualTo(draw(Wishes.small("a cat", 1)).picture(0).image());
  }

  @Test
  void a_travel_goes_from_one_seed_to_the_other() {
    CollectingEasel easel = draw(travel(Optional.empty(), Optional.of(8L)));

    CollectingEasel ends = draw(Wishes.small("a fox", 2));
    assertThat(easel.frame(0)).isEqualTo(ends.picture(0).image());
    assertThat(easel.frame(2)).isEqualTo(ends.picture(1).image());
    assertThat(easel.frame(1)).isNotIn(easel.frame(0), easel.frame(2));
  }

  @Test
  void a_traced_picture_has_a_frame_for_the_noise_and_for_each_step() {
    CollectingEasel easel = draw(Wishes.small("a fox", 1, Edit.NONE, Optional.empty(), true));

    assertThat(easel.frames).containsOnlyKeys(0, 1, 2);
    assertThat(easel.frame(0)).isNotEqualTo(easel.frame(1));
    assertThat(easel.pictures).containsOnlyKeys(0);
  }

  @Test
  void an_interrupted_thread_stops_within_a_step_and_the_model_can_be_used_on() {
    Job job = Wishes.job(orders.complete(Wishes.small("a fox", 4)));
    var easel =
        new CollectingEasel() {
          @Override
          public void drawn(int image, Png picture) {
            super.drawn(image, picture);
            Thread.currentThread().interrupt();
          }
        };

    assertThatThrownBy(() -> drawings.draw(job, easel)).isInstanceOf(CancellationException.class);

    assertThat(easel.pictures).containsOnlyKeys(0);
    assertThat(easel.steps).hasSizeLessThanOrEqualTo(3);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(draw(Wishes.small("a fox", 1)).pictures).containsOnlyKeys(0);
  }

  @Test
  void a_model_stays_open_for_the_next_job() {
    drawings.warm("songe-mini");

    assertThat(drawings.isWarm("songe-mini")).isTrue();
    assertThat(drawings.isWarm("nothing")).isFalse();
  }
}
