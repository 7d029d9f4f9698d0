package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Image;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SixelsTest {
  private static final int RED = 0xFFFF0000;
  private static final int WHITE = 0xFFFFFFFF;

  private static final Pattern WHOLE =
      Pattern.compile("\033P0;1;0q\"1;1;([0-9]+);([0-9]+)(.*)\033\\\\");
  private static final Pattern COMMAND =
      Pattern.compile(
          "#([0-9]+);2;([0-9]+);([0-9]+);([0-9]+)|#([0-9]+)|(?:!([0-9]+))?([?-~])|([$-])");

  /** Draws sixels as a terminal does: ARGB, 0 where nothing was set. */
  private static int[][] decode(String drawing) {
    Matcher whole = WHOLE.matcher(drawing);
    assertThat(whole.matches()).isTrue();
    int[][] rows = new int[Integer.parseInt(whole.group(2))][Integer.parseInt(whole.group(1))];
    Map<Integer, Integer> colours = new HashMap<>();
    Matcher command = COMMAND.matcher(whole.group(3));
    int colour = 0;
    int x = 0;
    int top = 0;
    int end = 0;
    while (command.find()) {
      assertThat(command.start()).as("nothing between commands").isEqualTo(end);
      end = command.end();
      if (command.group(1) != null) {
        colours.put(number(command, 1), rgb(command));
      } else if (command.group(5) != null) {
        colour = colours.getOrDefault(number(command, 5), 0);
      } else if (command.group(7) != null) {
        int count = command.group(6) == null ? 1 : number(command, 6);
        for (int i = 0; i < count; i++) {
          set(rows, x++, top, command.group(7).charAt(0) - '?', colour);
        }
      } else {
        top += command.group(8).equals("-") ? 6 : 0;
        x = 0;
      }
    }
    return rows;
  }

  private static int number(Matcher command, int group) {
    return Integer.parseInt(command.group(group));
  }

  private static int rgb(Matcher command) {
    int rgb = 0xFF;
    for (int group = 2; group <= 4; group++) {
      rgb = rgb << 8 | Math.round(number(command, group) * 2.55f);
    }
    return rgb;
  }

  private static void set(int[][] rows, int x, int top, int sign, int colour) {
    for (int i = 0; i < 6; i++) {
      if ((sign >> i & 1) == 1) {
        rows[top + i][x] = colour;
      }
    }
  }

  @Test
  void a_band_holds_a_line_for_each_colour() {
    String drawing = Sixels.draw(Pictures.of(2, WHITE, RED, WHITE, 0));

    // both rows of the left column are bits 1 and 2, three above the sign for none, '?'
    assertThat(drawing)
        .isEqualTo("\033P0;1;0q\"1;1;2;2#0;2;100;0;0#1;2;100;100;100#0?@$#1B$-\033\\");
  }

  @Test
  void long_runs_are_counted_and_what_follows_the_last_pixel_is_left_out() {
    Image picture = Pictures.drawn(12, 1, (x, _) -> x == 0 || (x >= 4 && x < 10) ? RED : 0);

    assertThat(Sixels.draw(picture)).endsWith("#0@???!6@$-\033\\");
  }

  @Test
  void few_colours_come_back_as_they_were_and_transparency_stays_unset() {
    int[] palette = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF, 0xFF000000, 0, 0x40FFFFFF};
    Random random = new Random(3);
    int[] colours = random.ints(23 * 17L, 0, palette.length).map(i -> palette[i]).toArray();
    Image picture = Pictures.of(23, colours);

    int[][] decoded = decode(Sixels.draw(picture));

    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 23; x++) {
        int argb = Pictures.argb(picture, x, y);
        assertThat(decoded[y][x]).as("%d, %d", x, y).isEqualTo(argb >>> 24 >= 128 ? argb : 0);
      }
    }
  }

  @Test
  void many_colours_come_back_nearly() {
    Image picture =
        Pictures.drawn(64, 48, (x, y) -> 0xFF000000 | (4 * x) << 16 | (5 * y) << 8 | 2 * (x + y));

    int[][] decoded = decode(Sixels.draw(picture));

    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        assertThat(difference(decoded[y][x], Pictures.argb(picture, x, y)))
            .as("%d, %d", x, y)
            .isLessThan(17);
      }
    }
  }

  private static int difference(int argb, int other) {
    int most = 0;
    for (int shift = 0; shift <= 24; shift += 8) {
      most = Math.max(most, Math.abs((argb >>> shift & 255) - (other >>> shift & 255)));
    }
    return most;
  }
}
