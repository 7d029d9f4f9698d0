package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.pipeline.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewPaceTest {
  private static final long MILLISECOND = 1_000_000;

  private long now = 5;
  private final List<Integer> asked = new ArrayList<>();
  private final PreviewPace pace = new PreviewPace(() -> now);

  /** Decoding takes time that falls with the square of the side. */
  private Preview preview(int side, long milliseconds) {
    return new Preview() {
      @Override
      public Image get() {
        return smaller(1);
      }

      @Override
      public Image smaller(int times) {
        asked.add(times);
        now += milliseconds * MILLISECOND / ((long) times * times);
        return Image.filled(side / times, side / times, Colour.WHITE);
      }

      @Override
      public Image noisy() {
        throw new AssertionError("nobody asks for it");
      }
    };
  }

  private List<Optional<Image>> steps(int count, long step, int side, long decode) {
    List<Optional<Image>> seen = new ArrayList<>();
    pace.begin(side);
    for (int i = 0; i < count; i++) {
      now += step * MILLISECOND;
      seen.add(pace.preview(preview(side, decode)));
    }
    return seen;
  }

  @Test
  void the_first_step_of_each_picture_is_seen() {
    assertThat(steps(2, 5, 256, 20).getFirst()).isPresent();
    assertThat(steps(2, 5, 256, 20).getFirst()).isPresent();
  }

  @Test
  void previews_are_a_quarter_of_a_second_apart() {
    List<Optional<Image>> seen = steps(60, 10, 256, 20);

    assertThat(seen.stream().filter(Optional::isPresent).count()).isEqualTo(3);
  }

  @Test
  void previews_take_no_more_than_a_fifth_of_the_time() {
    long begin = now;
    int count = 400;
    steps(count, 50, 512, 6000);
    long took = now - begin;
    long drawing = 50L * count * MILLISECOND;

    assertThat(asked).hasSizeGreaterThan(5);
    assertThat((double) (took - drawing) / took).isLessThan(0.25); // the first one apart
  }

  @Test
  void what_costs_little_is_seen_whole_and_what_costs_much_small() {
    steps(20, 100, 256, 30);
    assertThat(asked.getLast()).isEqualTo(1);

    asked.clear();
    steps(20, 100, 512, 300);
    steps(20, 100, 512, 300);
    assertThat(asked.getLast()).isEqualTo(4);
  }

  @Test
  void previews_are_rather_rare_than_tiny() {
    steps(20, 100, 256, 3000);

    assertThat(asked).startsWith(4, 2).doesNotContain(8).hasSizeLessThan(4);
  }

  @Test
  void a_slow_model_is_seen_at_every_step() {
    List<Optional<Image>> seen = steps(4, 8000, 512, 5000);

    assertThat(seen).allMatch(Optional::isPresent);
    assertThat(asked).containsExactly(4, 2, 2, 2);
  }

  @Test
  void no_preview_is_larger_than_512_pixels() {
    steps(1, 10, 4096, 1);

    assertThat(PreviewPace.small(Image.filled(2048, 100, Colour.WHITE)))
        .isEqualTo(Image.filled(512, 25, Colour.WHITE));
    assertThat(PreviewPace.small(Image.filled(1, 4000, Colour.WHITE)).width()).isEqualTo(1);
  }
}
