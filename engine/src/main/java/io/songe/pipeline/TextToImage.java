package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelCard;
import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.sampler.Samplers;
import io.songe.diffusion.sampler.StepListener;
import io.songe.image.Image;
import io.songe.model.HiddenLayer;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.text.Prompt;
import io.songe.text.TokenIds;
import io.songe.text.TokenizedPrompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Draws pictures of phrases by latent diffusion. Rombach et al. 2022, figure 3: the phrase becomes
 * features, noise becomes a latent that fits them, step by step, and the autoencoder turns the
 * latent into pixels.
 *
 * <p>A model is opened once and draws as often as wanted; several threads may draw with it at once.
 * The threads must be platform threads. Interrupting a thread cancels its drawing within one step.
 */
public final class TextToImage implements AutoCloseable {
  private final Checkpoint checkpoint;

  private TextToImage(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Opens a model, to compute in the type that suits this machine.
   *
   * @param folder in the published layout: {@code model_index.json}, {@code unet/}, {@code vae/}...
   * @return the model, to be closed
   * @throws io.songe.error.BrokenFileException if the folder holds no model that can be drawn with
   */
  public static TextToImage open(Path folder) {
    return open(folder, Precision.AUTO);
  }

  /**
   * Opens a model.
   *
   * @param folder in the published layout: {@code model_index.json}, {@code unet/}, {@code vae/}...
   * @param precision in which the networks compute
   * @return the model, to be closed
   * @throws io.songe.error.BrokenFileException if the folder holds no model that can be drawn with
   */
  public static TextToImage open(Path folder, Precision precision) {
    return new TextToImage(Checkpoint.open(folder, precision.dtype()));
  }

  /** {@return what the model says of itself} */
  public ModelCard card() {
    return checkpoint.card();
  }

  /** {@return in which type the networks compute: never AUTO} */
  public Precision precision() {
    return Precision.of(checkpoint.dtype());
  }

  /**
   * A request with the model's own settings: its size, steps, guidance and sampler.
   *
   * @param phrase what to draw
   * @param seed which of all such pictures
   * @return a request for one picture
   */
  public GenerationRequest request(String phrase, long seed) {
    ModelCard card = card();
    return new GenerationRequest(
        Prompt.of(phrase),
        card.side(),
        card.side(),
        card.steps(),
        new Guidance.ClassifierFree(card.guidanceScale()),
        Samplers.of(checkpoint.scheduler()),
        seed,
        1);
  }

  /**
   * Draws, without reports.
   *
   * @param request what to draw
   * @return the pictures, in the order of their seeds
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public List<GeneratedImage> generate(GenerationRequest request) {
    return generate(request, progress -> {});
  }

  /**
   * Draws.
   *
   * @param request what to draw
   * @param listener hears how far it is, on this thread
   * @return the pictures, in the order of their seeds
   * @throws io.songe.error.InvalidRequestException if the sampler cannot take that many steps
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public List<GeneratedImage> generate(GenerationRequest request, Consumer<Progress> listener) {
    Samplers.Choice chosen = request.sampler();
    SamplingPlan plan =
        chosen
            .sampler()
            .plan(checkpoint.scheduler(), chosen.schedule().schedule(), request.steps());
    try (Scope _ = Scope.open()) {
      TokenizedPrompt tokens = checkpoint.tokenizer().chunks(request.prompt());
      Tensor features = encode(tokens);
      Denoiser denoiser =
          plan.denoiser(
              checkpoint.unet(),
              request.guidance(),
              Conditioning.of(features.slice(0, 0, 1)),
              Conditioning.of(features.slice(0, 1, 2)));
      int length = checkpoint.tokenizer().encode(request.prompt().positive()).size();
      listener.accept(new Progress.PromptEncoded(length, tokens.chunks()));

      List<GeneratedImage> images = new ArrayList<>();
      for (int i = 0; i < request.count(); i++) {
        GeneratedImage image = draw(request, i, plan, denoiser, listener);
        images.add(image);
        listener.accept(new Progress.Finished(i, request.count(), image));
      }
      return images;
    }
  }

  /** Each text's chunks side by side: [2, chunks * tokens, width], the positive text first. */
  private Tensor encode(TokenizedPrompt tokens) {
    try (Scope scope = Scope.open()) {
      List<TokenIds> chunks =
          Stream.concat(tokens.positive().stream(), tokens.negative().stream()).toList();
      long[] ids =
          chunks.stream()
              .flatMapToInt(chunk -> Arrays.stream(chunk.toArray()))
              .asLongStream()
              .toArray();
      Tensor features =
          checkpoint
              .textEncoder()
              .encode(Tensor.of(ids, chunks.size(), chunks.getFirst().size()), HiddenLayer.last())
              .tokens();
      return scope.keep(features.reshape(2, -1, features.dim(2)));
    }
  }

  private GeneratedImage draw(
      GenerationRequest request,
      int index,
      SamplingPlan plan,
      Denoiser denoiser,
      Consumer<Progress> listener) {
    int width = request.width();
    int height = request.height();
    int factor = checkpoint.autoencoder().factor();
    long seed = request.seed() + index;
    StepListener steps =
        (step, total, _, denoised) ->
            listener.accept(
                new Progress.Denoised(
                    index, request.count(), step, total, () -> decode(denoised, width, height)));
    try (Scope _ = Scope.open()) {
      NoiseSource noise = NoiseSource.torch(seed);
      Shape latent =
          Shape.of(1, checkpoint.autoencoder().latentChannels(), height / factor, width / factor);
      Tensor start = plan.start(noise.next(latent));
      Tensor sampled =
          request
              .sampler()
              .sampler()
              .sampler()
              .sample(denoiser, start, plan.sigmas(), noise, steps);
      Image image = decode(plan.finish(sampled), width, height);
      return new GeneratedImage(image, recipe(request, seed));
    }
  }

  private Image decode(Tensor latent, int width, int height) {
    try (Scope _ = Scope.open()) {
      return Image.fromPlanes(width, height, checkpoint.autoencoder().decode(latent).toFloats());
    }
  }

  private Recipe recipe(GenerationRequest request, long seed) {
    return new Recipe(
        Recipe.FORMAT,
        Version.software(),
        card().name(),
        checkpoint.weightsSha256(),
        request.prompt(),
        request.width(),
        request.height(),
        request.steps(),
        request.guidance() instanceof Guidance.ClassifierFree(double scale, double _) ? scale : 1,
        request.guidance() instanceof Guidance.ClassifierFree(double _, double rescale)
            ? rescale
            : 0,
        request.sampler().sampler().id(),
        request.sampler().schedule().id(),
        seed,
        precision().id(),
        Recipe.NO_BACKGROUND);
  }

  /**
   * The request that a recipe was made by.
   *
   * @param recipe of a picture
   * @return a request for that picture alone; on the same model, precision and machine it gives the
   *     same pixels, still to be laid {@linkplain GeneratedImage#over over} the recipe's background
   * @throws io.songe.error.InvalidRequestException if this version does not know its sampler or
   *     schedule
   */
  public static GenerationRequest request(Recipe recipe) {
    return new GenerationRequest(
        recipe.prompt(),
        recipe.width(),
        recipe.height(),
        recipe.steps(),
        new Guidance.ClassifierFree(recipe.guidanceScale(), recipe.guidanceRescale()),
        Samplers.choose(recipe.sampler(), recipe.schedule()),
        recipe.seed(),
        1);
  }

  /** Frees the model; a second call does nothing. No thread may be drawing. */
  @Override
  public void close() {
    checkpoint.close();
  }
}
