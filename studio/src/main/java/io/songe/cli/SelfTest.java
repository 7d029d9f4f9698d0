package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.image.Image;
import io.songe.mini.SongeMini;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import java.time.Duration;
import java.time.Instant;

/**
 * Draws a tiny picture twice. Numbers that are not finite stop the drawing by themselves; what is
 * left to see is whether the same request gives the same pixels.
 */
record SelfTest(Surroundings around) {
  private static final int SIDE = 64;
  private static final int STEPS = 4;

  /**
   * Runs the test.
   *
   * @return what was found
   * @throws IllegalStateException if the pictures differ; other exceptions if there are none
   */
  String run() {
    try (TextToImage songe = SongeMini.open(Precision.FP32)) {
      GenerationRequest request =
          songe.request("red apple, 3d style", 1).withSize(SIDE, SIDE).withSteps(STEPS);
      Image first = draw(songe, request);
      Instant begun = around.clock().instant();
      Image second = draw(songe, request);
      Duration time = Duration.between(begun, around.clock().instant());
      if (!first.equals(second)) {
        PictureComparison comparison = PictureComparison.of(first, second);
        throw new IllegalStateException(
            around.say(Text.NOT_DETERMINISTIC, comparison.differing(), comparison.pixels()));
      }
      return around.say(Text.SELF_TEST_PASSED, SIDE, STEPS, time.toMillis() / 1000.0);
    }
  }

  private static Image draw(TextToImage songe, GenerationRequest request) {
    return songe.generate(request).getFirst().image();
  }
}
