package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.sampler.StepListener;
import io.songe.error.EngineException;
import io.songe.image.Image;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.function.Consumer;

/**
 * A request being carried out. Holds what all its pictures have in common, the prompt's features
 * above all, in the scope in which it was made.
 */
final class Drawing {
  private final Checkpoint model;
  private final GenerationRequest request;
  private final SamplingPlan plan;
  private final Denoiser denoiser;
  private final Consumer<Progress> listener;

  /**
   * Reads the prompt, and reports that.
   *
   * @param plan of the request's sampler
   */
  Drawing(
      Checkpoint model, GenerationRequest request, SamplingPlan plan, Consumer<Progress> listener) {
    this.model = model;
    this.request = request;
    this.plan = plan;
    this.listener = listener;
    PromptReader reader = new PromptReader(model, request);
    this.denoiser = reader.denoiser(plan);
    listener.accept(new Progress.PromptEncoded(reader.tokens(), reader.chunks()));
  }

  /**
   * Draws one picture, and reports each step and the picture.
   *
   * @param index which of the request, from 0
   */
  GeneratedImage draw(int index) {
    long seed = request.seed() + index;
    GeneratedImage picture = new GeneratedImage(image(index, seed), recipe(seed));
    listener.accept(new Progress.Finished(index, request.count(), picture));
    return picture;
  }

  private Image image(int index, long seed) {
    try (Scope _ = Scope.open()) {
      NoiseSource noise = NoiseSource.torch(seed);
      int factor = model.autoencoder().factor();
      Shape latent =
          Shape.of(
              1,
              model.autoencoder().latentChannels(),
              request.height() / factor,
              request.width() / factor);
      Tensor start = plan.start(noise.next(latent));
      Tensor sampled =
          request
              .sampler()
              .sampler()
              .sampler()
              .tunedTo(model.scheduler())
              .sample(denoiser, start, plan.sigmas(), noise, reportsOf(index));
      return decode(plan.finish(sampled));
    }
  }

  private StepListener reportsOf(int index) {
    return (step, steps, _, denoised) -> {
      try (Preview preview = new Preview(() -> decode(denoised))) {
        listener.accept(new Progress.Denoised(index, request.count(), step, steps, preview));
      }
    };
  }

  private Image decode(Tensor latent) {
    try (Scope _ = Scope.open()) {
      Tensor planes = model.autoencoder().decode(latent);
      if (!planes.isFinite()) {
        throw new EngineException(
            "the autoencoder gave numbers that are not finite, of a latent that is; compute in"
                + " FLOAT32 if it was in a shorter type, else the model's file is damaged");
      }
      return Image.fromPlanes(request.width(), request.height(), planes.toFloats());
    }
  }

  private Recipe recipe(long seed) {
    double scale = 1;
    double rescale = 0;
    if (request.guidance() instanceof Guidance.ClassifierFree guided) {
      scale = guided.scale();
      rescale = guided.rescale();
    }
    return new Recipe(
        Recipe.FORMAT,
        Version.software(),
        model.card().name(),
        model.weightsSha256(),
        request.prompt(),
        request.width(),
        request.height(),
        request.steps(),
        scale,
        rescale,
        request.sampler().sampler().id(),
        request.sampler().schedule().id(),
        seed,
        Precision.of(model.dtype()).id(),
        Recipe.NO_BACKGROUND);
  }
}
