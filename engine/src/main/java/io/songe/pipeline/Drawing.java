package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.ExtraChannels;
import io.songe.diffusion.Inpainting;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.sampler.StepListener;
import io.songe.error.EngineException;
import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.image.Mask;
import io.songe.image.Resampling;
import io.songe.model.Autoencoder;
import io.songe.pipeline.edit.Canvas;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.random.NoiseSource;
import io.songe.random.Slerp;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.text.syntax.SamplingPass;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A request being carried out. Holds what all its pictures have in common, the prompt's features
 * above all, in the scope in which it was made.
 */
final class Drawing {
  private final Checkpoint model;
  private final GenerationRequest request;
  private final Passes passes;
  private final Optional<Canvas> canvas;
  private final Towards first;
  private final Towards second;
  private final Consumer<Progress> listener;

  /**
   * Reads the prompt, and reports that.
   *
   * @param passes of the request's sampler
   * @param phrases that the model has read before
   */
  static Drawing of(
      Checkpoint model,
      GenerationRequest request,
      Passes passes,
      PhraseCache phrases,
      Consumer<Progress> listener) {
    PromptReader reader =
        new PromptReader(model, request, SamplingPass.of(request.steps()), phrases);
    Towards second =
        request.edit().secondPass() instanceof SecondPass.Enlarged pass
            ? new PromptReader(model, enlarged(request, pass), pass(request, pass), phrases)
            : reader;
    listener.accept(new Progress.PromptEncoded(reader.tokens(), reader.chunks()));
    return new Drawing(model, request, passes, reader, second, listener);
  }

  /** Some families are told the size of the picture beside the prompt. */
  static GenerationRequest enlarged(GenerationRequest request, SecondPass.Enlarged pass) {
    return request.withSize(pass.width(), pass.height());
  }

  /** {@return the steps of the second pass, in which a prompt goes on counting} */
  static SamplingPass pass(GenerationRequest request, SecondPass.Enlarged pass) {
    return new SamplingPass(request.steps(), pass.steps());
  }

  /**
   * A drawing of what was read.
   *
   * @param passes of the request's sampler
   * @param first what the first pass draws towards
   * @param second what the second does, if there is one
   */
  Drawing(
      Checkpoint model,
      GenerationRequest request,
      Passes passes,
      Towards first,
      Towards second,
      Consumer<Progress> listener) {
    this.model = model;
    this.request = request;
    this.passes = passes;
    this.first = first;
    this.second = second;
    this.listener = listener;
    this.canvas = Canvas.of(request.edit().start(), request.width(), request.height());
  }

  /**
   * Draws one picture, and reports each step and the picture.
   *
   * @param index which of the request, from 0
   */
  GeneratedImage draw(int index) {
    Edit edit = request.edit();
    Variation variation = edit.variation().of(index);
    long seed = variation.isNone() ? request.seed() + index : request.seed();
    Image image = image(index, seed, variation);
    GeneratedImage picture =
        new GeneratedImage(
            image, Recipe.of(request.withEdit(edit.withVariation(variation)), model, seed));
    listener.accept(new Progress.Finished(index, request.count(), picture));
    return picture;
  }

  /**
   * Draws one picture, and reports each step.
   *
   * @param index under which it is reported
   * @param seed of this picture
   * @param variation of this picture
   */
  Image image(int index, long seed, Variation variation) {
    return request.edit().tiling().during(() -> passes(index, seed, variation));
  }

  private Image passes(int index, long seed, Variation variation) {
    UnaryOperator<Image> finish = canvas.map(Canvas::finish).orElse(UnaryOperator.identity());
    try (Scope _ = Scope.open()) {
      Sigmas levels = passes.first().sigmas();
      Tensor small = firstPass(seed, variation, reportsOf(index, 0, levels, finish));
      Tensor last =
          passes
              .second()
              .map(plan ->
                  secondPass(
                      small,
                      plan,
                      seed,
                      variation,
                      reportsOf(index, levels.steps(), plan.sigmas(), finish)))
              .orElse(small);
      return finish.apply(decode(last));
    }
  }

  // ---------------------------------------------------------------- passes

  private Tensor firstPass(long seed, Variation variation, StepListener reports) {
    NoiseSource noise = NoiseSource.torch(seed);
    SamplingPlan plan = passes.first();
    if (canvas.isEmpty()) {
      Tensor start = plan.start(startNoise(noise, variation, request.width(), request.height()));
      return sample(plan, denoiser(plan), start, noise, reports);
    }
    Canvas prepared = canvas.get();
    if (prepared.painted().isPresent()) {
      return model.family().inpainting()
          ? shownPass(prepared, prepared.painted().get(), noise, variation, reports)
          : blendedPass(prepared, prepared.painted().get(), noise, variation, reports);
    }
    Tensor clean = known(prepared, noise);
    Tensor normal = startNoise(noise, variation, request.width(), request.height());
    return sample(plan, denoiser(plan), plan.start(clean, normal), noise, reports);
  }

  /** With any network: what is kept is put back at every step. */
  private Tensor blendedPass(
      Canvas prepared, Mask mask, NoiseSource noise, Variation variation, StepListener reports) {
    SamplingPlan plan = passes.first();
    Tensor clean = known(prepared, noise);
    Tensor normal = startNoise(noise, variation, request.width(), request.height());
    Tensor painted = latentMask(mask);
    Inpainting inpainting =
        new Inpainting(denoiser(plan), painted, clean, normal, plan.sigmas().first());
    Tensor start = maskedStart(prepared.content(), painted, clean, normal);
    return inpainting.finish(sample(plan, inpainting, start, noise, reports));
  }

  /** With a network that is shown the mask and what is around. Noise is drawn as diffusers does. */
  private Tensor shownPass(
      Canvas prepared, Mask mask, NoiseSource noise, Variation variation, StepListener reports) {
    SamplingPlan plan = passes.first();
    Tensor painted = latentMask(mask);
    Tensor clean = forgets(prepared.content()) ? painted : known(prepared, noise);
    Tensor normal = startNoise(noise, variation, request.width(), request.height());
    NoisePredictor network =
        ExtraChannels.inpainting(model.unet(), painted, surroundings(prepared, mask, noise));
    Denoiser denoiser = first.denoiser(plan, network);
    Tensor start = maskedStart(prepared.content(), painted, clean, normal);
    return sample(plan, denoiser, start, noise, reports);
  }

  private Tensor latentMask(Mask mask) {
    int factor = model.autoencoder().factor();
    return Tensor.of(
        mask.latents(factor), 1, 1, request.height() / factor, request.width() / factor);
  }

  /** The latent of the picture with its masked pixels made grey. */
  private Tensor surroundings(Canvas prepared, Mask mask, NoiseSource noise) {
    Autoencoder autoencoder = model.autoencoder();
    Tensor kept = Tensor.of(mask.kept(), 1, 1, mask.height(), mask.width());
    return autoencoder.encode(
        ImageTensors.toTensor(prepared.picture(), autoencoder.imageChannels()).times(kept), noise);
  }

  /** The start picture's latents, of the drawing's size. */
  private Tensor known(Canvas prepared, NoiseSource noise) {
    Tensor encoded = encode(prepared.picture(), noise);
    return request.edit().start() instanceof Start.Enlarged enlarged
            && enlarged.upscaler().resampling().isEmpty()
        ? enlarged(encoded, enlarged.upscaler(), request.width(), request.height())
        : encoded;
  }

  private Tensor enlarged(Tensor latents, Upscaler upscaler, int width, int height) {
    int factor = model.autoencoder().factor();
    return upscaler.enlarge(latents, height / factor, width / factor);
  }

  /** At full strength nothing is left of what is to be replaced, as in diffusers. */
  private boolean forgets(MaskedContent content) {
    return content == MaskedContent.ORIGINAL && request.edit().start().strength() == 1;
  }

  /** Where sampling starts; what is known is not looked at where it is forgotten. */
  private Tensor maskedStart(MaskedContent content, Tensor painted, Tensor known, Tensor noise) {
    SamplingPlan plan = passes.first();
    return switch (content) {
      case ORIGINAL -> forgets(content) ? plan.start(noise) : plan.start(known, noise);
      case FILL -> plan.start(known, noise);
      case NOISE -> plan.start(known.plus(noise.minus(known).times(painted)), noise);
      case NOTHING -> plan.start(known.minus(known.times(painted)), noise);
    };
  }

  private Tensor secondPass(
      Tensor small, SamplingPlan plan, long seed, Variation variation, StepListener reports) {
    if (!(request.edit().secondPass() instanceof SecondPass.Enlarged pass)) {
      throw new EngineException("there is a plan for a second pass, and none was asked for");
    }
    NoiseSource noise = NoiseSource.torch(seed);
    Upscaler upscaler = pass.upscaler();
    Tensor clean =
        upscaler
            .resampling()
            .map(pixels -> encode(decode(small).resize(pass.width(), pass.height(), pixels), noise))
            .orElseGet(() -> enlarged(small, upscaler, pass.width(), pass.height()));
    Tensor normal = startNoise(noise, variation, pass.width(), pass.height());
    Denoiser denoiser = second.denoiser(plan, model.unet());
    return sample(plan, denoiser, plan.start(clean, normal), noise, reports);
  }

  private Denoiser denoiser(SamplingPlan plan) {
    return first.denoiser(plan, model.unet());
  }

  private Tensor sample(
      SamplingPlan plan, Denoiser denoiser, Tensor start, NoiseSource noise, StepListener reports) {
    return plan.finish(
        request
            .sampler()
            .sampler()
            .sampler()
            .tunedTo(model.scheduler())
            .sample(denoiser, start, plan.sigmas(), noise, reports));
  }

  private Tensor startNoise(NoiseSource noise, Variation variation, int width, int height) {
    return startNoise(model.autoencoder(), noise, variation, width, height);
  }

  private static Tensor startNoise(
      Autoencoder autoencoder, NoiseSource noise, Variation variation, int width, int height) {
    Shape latent =
        Shape.of(
            1,
            autoencoder.latentChannels(),
            height / autoencoder.factor(),
            width / autoencoder.factor());
    Tensor own = noise.next(latent);
    return variation.isNone()
        ? own
        : Slerp.between(
            own, NoiseSource.torch(variation.seed()).next(latent), variation.strength());
  }

  // ---------------------------------------------------------------- between latents and pictures

  private Tensor encode(Image picture, NoiseSource noise) {
    Autoencoder autoencoder = model.autoencoder();
    return autoencoder.encode(ImageTensors.toTensor(picture, autoencoder.imageChannels()), noise);
  }

  /** {@return what the noise looks like that a request's first picture begins with} */
  static Image noise(Checkpoint model, GenerationRequest request) {
    Autoencoder autoencoder = model.autoencoder();
    NoiseSource noise = NoiseSource.torch(request.seed());
    Variation variation = request.edit().variation().of(0);
    return LatentPicture.of(
        autoencoder, startNoise(autoencoder, noise, variation, request.width(), request.height()));
  }

  private Image decode(Tensor latent) {
    return LatentPicture.of(model.autoencoder(), latent);
  }

  private Image preview(Tensor latent, int times, UnaryOperator<Image> finish) {
    try (Scope _ = Scope.open()) {
      int smaller = Integer.highestOneBit(Math.max(1, times));
      while (latent.dim(-1) % smaller != 0 || latent.dim(-2) % smaller != 0) {
        smaller /= 2;
      }
      if (smaller == 1) {
        return finish.apply(decode(latent));
      }
      Image small = decode(Functional.averagePool(latent, smaller));
      if (canvas.isEmpty()) {
        return small;
      }
      // What is left of the start picture is laid over the drawing at its full size.
      int width = smaller * small.width();
      int height = smaller * small.height();
      Image whole = finish.apply(small.resize(width, height, Resampling.BILINEAR));
      return whole.resize(
          Math.max(1, whole.width() / smaller),
          Math.max(1, whole.height() / smaller),
          Resampling.BILINEAR);
    }
  }

  private StepListener reportsOf(
      int index, int before, Sigmas levels, UnaryOperator<Image> finish) {
    return (step, total, x, denoised) -> {
      // A solver may count fewer steps than there are levels.
      double sigma = levels.at(step * levels.steps() / total);
      try (var preview =
          new LatentPreview(
              times -> preview(denoised, times, finish),
              () -> finish.apply(LatentPicture.ofNoisy(model.autoencoder(), x, sigma)))) {
        listener.accept(
            new Progress.Denoised(index, request.count(), before + step, passes.steps(), preview));
      }
    };
  }
}
