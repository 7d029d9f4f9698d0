package io.songe.drawing;

import io.songe.diffusion.Interpolation;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.Draftsman.Easel;
import io.songe.jobs.Order;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;
import io.songe.pipeline.edit.Variation;
import io.songe.text.Prompt;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One order being drawn by an opened model.
 *
 * @param model that draws
 * @param request of the first picture
 * @param background that pictures are laid over
 * @param easel takes what is drawn
 * @param pace of its previews
 */
record Sitting(
    TextToImage model,
    GenerationRequest request,
    Colour background,
    Easel easel,
    PreviewPace pace) {
  /** Draws pictures one by one, but for those that are there already. */
  void pictures(int count) {
    for (int i = 0; i < count; i++) {
      if (!easel.has(i)) {
        easel.drawn(i, drawn(one(i), previews(i)));
      }
    }
  }

  /**
   * Draws pictures one by one, and gives what each step sees as a frame. Those of picture i follow
   * those of the picture before; its first one is the noise.
   */
  void traces(int count) {
    int steps = model.steps(request);
    for (int i = 0; i < count; i++) {
      if (!easel.has(i)) {
        GenerationRequest one = one(i);
        int first = i * (steps + 1);
        easel.frame(first, laid(model.noise(one)));
        easel.drawn(i, drawn(one, trace(i, first)));
      }
    }
  }

  /** As the engine counts pictures: up from the seed, or from the variation's if there is one. */
  private GenerationRequest one(int image) {
    Variation variation = request.edit().variation();
    return variation.isNone()
        ? request.withSeed(request.seed() + image)
        : request.withVariation(variation.of(image));
  }

  private Png drawn(GenerationRequest one, Consumer<Progress> listener) {
    GeneratedImage picture = model.generate(one, listener).getFirst();
    return picture.over(background).toPng();
  }

  /**
   * Draws the frames of a travel one by one.
   *
   * @param travel where to
   * @param from the first frame that is not there yet
   */
  void travel(Order.Travel travel, int from) {
    Prompt target =
        travel
            .toPhrase()
            .map(phrase -> new Prompt(phrase, request.prompt().negative()))
            .orElse(request.prompt());
    for (int i = from; i < travel.frames(); i++) {
      double share = i / (travel.frames() - 1.0);
      GenerationRequest film =
          travel
              .toSeed()
              .map(seed -> request.withVariation(new Variation(seed, share)))
              .orElse(request)
              .withCount(travel.frames());
      Image frame = model.frame(film, target, i, Interpolation.SPHERICAL, previews(i));
      easel.frame(i, laid(frame));
    }
  }

  private Consumer<Progress> previews(int image) {
    pace.begin(Math.max(request.width(), request.height()));
    return progress -> {
      if (progress instanceof Progress.Denoised step) {
        Optional<Image> preview =
            easel.isWatched() ? pace.preview(step.preview()).map(this::laid) : Optional.empty();
        easel.stepped(image, step.step(), step.steps(), preview);
      }
    };
  }

  private Consumer<Progress> trace(int image, int first) {
    return progress -> {
      if (progress instanceof Progress.Denoised step) {
        Image seen = laid(step.preview().get());
        easel.frame(first + step.step(), seen);
        easel.stepped(image, step.step(), step.steps(), Optional.of(PreviewPace.small(seen)));
      }
    };
  }

  private Image laid(Image image) {
    return background.alpha() == 0 ? image : image.over(background);
  }
}
