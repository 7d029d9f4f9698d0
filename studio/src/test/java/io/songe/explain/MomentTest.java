package io.songe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.mini.SongeMini;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.TextToImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at small pictures of the bundled model. */
class MomentTest {
  private static TextToImage songe;

  @BeforeAll
  static void open() {
    songe = SongeMini.open();
  }

  @AfterAll
  static void close() {
    songe.close();
  }

  private static GenerationRequest asked(int steps) {
    return songe.request("smiling face", 2).withSize(64, 64).withSteps(steps);
  }

  private static List<Moment> during(int steps, int count) {
    return Moment.during(songe, asked(steps), count, progress -> {});
  }

  @Test
  void moments_are_spread_over_the_steps_and_end_with_the_last() {
    assertThat(during(7, 3)).extracting(Moment::step).containsExactly(3, 5, 7);
  }

  @Test
  void with_few_steps_each_is_a_moment() {
    assertThat(during(2, 6)).extracting(Moment::step).containsExactly(1, 2);
  }

  @Test
  void the_noise_falls_and_the_listener_hears_every_step() {
    List<Object> heard = new ArrayList<>();

    List<Moment> moments = Moment.during(songe, asked(6), 3, heard::add);

    assertThat(heard).hasSize(1 + 6 + 1);
    assertThat(moments)
        .extracting(moment -> Difference.between(moment.noisy(), moment.believed()).psnr())
        .isSorted();
  }

  @Test
  void looking_does_not_change_the_picture() {
    Image drawn = songe.generate(asked(4)).getFirst().image();

    Image believed = during(4, 2).getLast().believed();

    assertThat(Difference.between(drawn, believed).psnr()).isGreaterThan(25);
    assertThat(drawn).isNotEqualTo(Image.filled(64, 64, Colour.WHITE));
  }
}
