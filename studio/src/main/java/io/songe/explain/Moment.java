package io.songe.explain;

import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How far a drawing was after one of its steps. Ho et al. 2020, figure 6, which shows noise
 * becoming pictures in the same way.
 *
 * @param step how many steps were done, from 1
 * @param noisy the picture with the noise that was left in it
 * @param believed what the network took the picture under the noise for, in that step
 */
public record Moment(int step, Image noisy, Image believed) {
  /**
   * Draws a picture and looks at it on the way.
   *
   * @param songe the model
   * @param request what to draw; the first picture is looked at
   * @param count how many moments, about evenly spread, the last of which is the finished picture
   * @param listener hears how far the drawing is
   * @return so many moments, or one for each step where there are fewer
   */
  public static List<Moment> during(
      TextToImage songe, GenerationRequest request, int count, Consumer<Progress> listener) {
    List<Moment> moments = new ArrayList<>();
    songe.generate(
        request.withCount(1),
        progress -> {
          if (progress instanceof Progress.Denoised done && isLookedAt(done, count)) {
            moments.add(new Moment(done.step(), done.preview().noisy(), done.preview().get()));
          }
          listener.accept(progress);
        });
    return List.copyOf(moments);
  }

  /** A step is looked at when another share of all of them is full. */
  private static boolean isLookedAt(Progress.Denoised done, int count) {
    int before = (done.step() - 1) * count / done.steps();
    return done.step() * count / done.steps() > before;
  }
}
