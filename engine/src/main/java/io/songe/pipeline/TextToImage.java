package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelOutline;
import io.songe.checkpoint.adapter.TextualInversion;
import io.songe.checkpoint.adapter.WeightedLora;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.Interpolation;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.tensor.Scope;
import io.songe.text.Prompt;
import io.songe.text.syntax.SamplingPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  private final PhraseCache phrases = new PhraseCache();
  private final ReadWriteLock changing = new ReentrantReadWriteLock();

  private TextToImage(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Opens a model, to compute in the type that suits this machine.
   *
   * @param model a folder in the published layout ({@code model_index.json}, {@code unet/}, {@code
   *     vae/}...), or one file, as {@link Checkpoint#open(Path, io.songe.tensor.DType)} takes it
   * @return the model, to be closed
   * @throws io.songe.error.BrokenFileException if it is no model that can be drawn with
   */
  public static TextToImage open(Path model) {
    return open(model, Precision.AUTO);
  }

  /**
   * Opens a model.
   *
   * @param model a folder in the published layout, or one file
   * @param precision in which the networks compute
   * @return the model, to be closed
   * @throws io.songe.error.BrokenFileException if it is no model that can be drawn with
   */
  public static TextToImage open(Path model, Precision precision) {
    return new TextToImage(Checkpoint.open(model, precision.dtype()));
  }

  /**
   * Opens a model with another autoencoder than its own. The recipes of its pictures do not say
   * that.
   *
   * @param model in the published layout, or one file
   * @param precision in which the networks compute
   * @param autoencoder a folder or file, as {@link Checkpoint#open(Path, io.songe.tensor.DType,
   *     Path)} takes it
   * @return the model, to be closed
   * @throws io.songe.error.BrokenFileException if there is no model that can be drawn with
   */
  public static TextToImage open(Path model, Precision precision, Path autoencoder) {
    return new TextToImage(Checkpoint.open(model, precision.dtype(), autoencoder));
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
   * A request with the model's own settings: its size, steps, guidance and sampler. The phrase is
   * read with the grammar of {@link io.songe.text.syntax.PromptSyntax#A1111}; see {@link
   * GenerationRequest#withReading}.
   *
   * @param phrase what to draw
   * @param seed which of all such pictures
   * @return a request for one picture
   */
  public GenerationRequest request(String phrase, long seed) {
    return GenerationRequest.usual(checkpoint.outline(), phrase, seed);
  }

  /**
   * Draws, without reports. Throws what {@link #generate(GenerationRequest, Consumer)} does.
   *
   * @param request what to draw
   * @return the pictures, in the order of their seeds
   */
  public List<GeneratedImage> generate(GenerationRequest request) {
    return generate(request, progress -> {});
  }

  /**
   * Draws.
   *
   * @param request what to draw
   * @param listener hears how far it is, on this thread; what it throws ends the drawing and comes
   *     out of here
   * @return the pictures, in the order of their seeds
   * @throws InvalidRequestException if this model cannot draw that size or only paints inside a
   *     mask, there is not enough memory for it, the sampler cannot take that many steps, the text
   *     encoder has too few layers for the clip skip, or the prompt names networks that the model
   *     does not have; before any work
   * @throws io.songe.error.BrokenFileException if the networks gave numbers that are not finite,
   *     because a file of the model is damaged
   * @throws EngineException if they did so for another reason, or the thread is a virtual one
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; its mark of
   *     that is cleared, and the model can be used on
   */
  public List<GeneratedImage> generate(GenerationRequest request, Consumer<Progress> listener) {
    Passes passes = passes(request);
    return checked(() -> {
      Drawing drawing = Drawing.of(checkpoint, request, passes, phrases, listener);
      List<GeneratedImage> pictures = new ArrayList<>();
      for (int i = 0; i < request.count(); i++) {
        pictures.add(drawing.draw(i));
      }
      return List.copyOf(pictures);
    });
  }

  /**
   * Draws the frames of a film in which one prompt becomes another, all from the same noise. What
   * the text encoder says of the two prompts is interpolated; the first frame is the request's own
   * picture and the last is the target's. A frame in between has no recipe: no prompt gives it.
   *
   * @param request the first frame; its count is not looked at
   * @param target what the last frame shows; if its prompts have several phrases joined by AND, as
   *     many as the request's
   * @param frames how many pictures, at least 2, both ends included
   * @param way between the features; {@link Interpolation#SPHERICAL} is usual
   * @param listener hears how far it is, on this thread: of steps, not of finished pictures
   * @return the frames
   * @throws InvalidRequestException as {@link #generate(GenerationRequest, Consumer)}, and if there
   *     are fewer than 2 frames or more than 1000, or the two prompts do not match
   */
  public List<Image> between(
      GenerationRequest request,
      Prompt target,
      int frames,
      Interpolation way,
      Consumer<Progress> listener) {
    if (frames < 2) {
      throw new InvalidRequestException(
          "a way between two prompts has at least 2 frames, its ends, got " + frames);
    }
    GenerationRequest film = request.withCount(frames);
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      pictures.add(frame(film, target, i, way, listener));
    }
    return List.copyOf(pictures);
  }

  /**
   * Draws one frame of such a film, so that a film can be shown while it grows.
   *
   * @param film the first frame; its count is the number of frames
   * @param target what the last frame shows, as above
   * @param frame which one, from 0
   * @param way between the features
   * @param listener hears how far it is, on this thread
   * @return the frame
   * @throws InvalidRequestException as above, and if there is no such frame
   */
  public Image frame(
      GenerationRequest film,
      Prompt target,
      int frame,
      Interpolation way,
      Consumer<Progress> listener) {
    if (frame < 0 || frame >= film.count()) {
      throw new InvalidRequestException(
          "a film of %d frames has none of the number %d".formatted(film.count(), frame));
    }
    double t = film.count() == 1 ? 0 : frame / (film.count() - 1.0);
    Passes passes = passes(film);
    return checked(() -> {
      PromptPath path =
          new PromptPath(checkpoint, film, target, SamplingPass.of(film.steps()), way, phrases);
      PromptPath second =
          film.edit().secondPass() instanceof SecondPass.Enlarged pass
              ? new PromptPath(
                  checkpoint,
                  Drawing.enlarged(film, pass),
                  target,
                  Drawing.pass(film, pass),
                  way,
                  phrases)
              : path;
      if (frame == 0) {
        listener.accept(new Progress.PromptEncoded(path.start().tokens(), path.start().chunks()));
      }
      Drawing drawing = new Drawing(checkpoint, film, passes, path.at(t), second.at(t), listener);
      return drawing.image(frame, film.seed(), film.edit().variation().of(0));
    });
  }

  /**
   * What the noise looks like that the first picture of a request begins with: its latent as the
   * autoencoder sees it, before any step.
   *
   * @param request what to draw
   * @return a picture of the request's size
   * @throws InvalidRequestException as from {@link #generate(GenerationRequest)}
   */
  public Image noise(GenerationRequest request) {
    passes(request);
    return checked(() -> Drawing.noise(checkpoint, request));
  }

  /**
   * Adds noise to a picture and asks the network once what is under it.
   *
   * @param request whose prompt and guidance the network is given, whose seed is the noise's, and
   *     whose size is the picture's
   * @param picture of that size
   * @param sigma the noise level, in units of the latent: above 0, and at most what the model was
   *     trained with
   * @return the picture with the noise, and what the network takes it for
   * @throws InvalidRequestException as from {@link #generate(GenerationRequest)}, and if the
   *     picture has another size or there is no such noise level
   */
  public Glance glance(GenerationRequest request, Image picture, double sigma) {
    Passes passes = passes(request);
    if (picture.width() != request.width() || picture.height() != request.height()) {
      throw new InvalidRequestException(
          "a picture of %dx%d was asked for, and one of %dx%d was given; resize it first"
              .formatted(request.width(), request.height(), picture.width(), picture.height()));
    }
    double most = checkpoint.scheduler().noiseSchedule().sigmaMax();
    if (!(sigma > 0 && sigma <= most)) {
      throw new InvalidRequestException(
          "the noise level must be above 0 and at most %s, got %s".formatted(most, sigma));
    }
    return checked(() -> {
      PromptReader reader =
          new PromptReader(checkpoint, request, SamplingPass.of(request.steps()), phrases);
      return Glance.of(checkpoint, reader, passes.first(), picture, request.seed(), sigma);
    });
  }

  private Passes passes(GenerationRequest request) {
    requireMaskIfItPaintsInside(request.edit().start());
    request.requireSidesOf(checkpoint.autoencoder().factor());
    checkpoint.requireMemoryFor(request.width(), request.height());
    if (request.edit().secondPass() instanceof SecondPass.Enlarged pass) {
      checkpoint.requireMemoryFor(pass.width(), pass.height());
    }
    return Passes.of(request, checkpoint.scheduler());
  }

  /** Works in a scope of its own, and looks for damaged weights if that fails. */
  private <T> T checked(Supplier<T> work) {
    changing.readLock().lock();
    try (Scope _ = Scope.open()) {
      return work.get();
    } catch (EngineException failure) {
      checkpoint.requireUndamaged();
      throw failure;
    } finally {
      changing.readLock().unlock();
    }
  }

  /**
   * Changes the model by adapters, in place of those that it may have; by none at all it is again
   * what it was, bit by bit. Waits until no thread draws any more; a listener must not call this.
   * Networks that are changed otherwise than before are built again, which takes a part of the time
   * of opening the model. Recipes tell the adapters by name, strength and fingerprint.
   *
   * @param loras to be added, all at once; they may be closed afterwards
   * @param embeddings words to be taught
   * @throws io.songe.error.BrokenFileException if one was made for other models; nothing is changed
   * @throws InvalidRequestException if two teach the same word
   */
  public void adapt(List<WeightedLora> loras, List<TextualInversion> embeddings) {
    changing.writeLock().lock();
    try {
      checkpoint.adapt(loras, embeddings);
    } finally {
      phrases.clear();
      changing.writeLock().unlock();
    }
  }

  private void requireMaskIfItPaintsInside(Start start) {
    boolean masked = start instanceof Start.Inpainted || start instanceof Start.Extended;
    if (checkpoint.family().inpainting() && !masked) {
      throw new InvalidRequestException(
          "the model %s paints inside a mask and cannot draw from a phrase alone; give a picture and a mask, or choose another model"
              .formatted(card().name()));
    }
  }

  /**
   * How many steps each picture of a request takes, as {@link Progress.Denoised} counts them: fewer
   * than it asks for where it starts from a picture, more with a second pass.
   *
   * @param request what to draw
   * @return the number of steps
   * @throws io.songe.error.InvalidRequestException as from {@link #generate(GenerationRequest)}
   */
  public int steps(GenerationRequest request) {
    return Passes.of(request, checkpoint.scheduler()).steps();
  }

  /**
   * How many steps each picture of a request takes with a model that need not be open.
   *
   * @param request what to draw
   * @param model that is to draw it
   * @return the number of steps
   * @throws InvalidRequestException if the sampler cannot take that many, or the strength of the
   *     drawing leaves none
   */
  public static int steps(GenerationRequest request, ModelOutline model) {
    return Passes.of(request, model.scheduler()).steps();
  }

  /**
   * The request that a recipe was made by, of a picture that was drawn from noise.
   *
   * @param recipe of a picture
   * @return a request for that picture alone; on the same model, precision and machine it gives the
   *     same pixels, still to be laid {@linkplain GeneratedImage#over over} the recipe's background
   * @throws io.songe.error.InvalidRequestException if this version does not know its sampler,
   *     schedule or syntax, or the picture was drawn from another
   */
  public static GenerationRequest request(Recipe recipe) {
    return request(recipe, PictureFinder.NONE);
  }

  /**
   * The request that a recipe was made by.
   *
   * @param recipe of a picture
   * @param finder finds the pictures that it was drawn from
   * @return as {@link #request(Recipe)}
   * @throws io.songe.error.InvalidRequestException if this version does not know its sampler or
   *     schedule, or a picture that was found is not the one that it was drawn from
   */
  public static GenerationRequest request(Recipe recipe, PictureFinder finder) {
    return new GenerationRequest(
        recipe.prompt(),
        recipe.width(),
        recipe.height(),
        recipe.steps(),
        new Guidance.ClassifierFree(recipe.guidanceScale(), recipe.guidanceRescale()),
        Samplers.choose(recipe.sampler(), recipe.schedule()),
        recipe.seed(),
        1,
        recipe.edit().map(edit -> edit.restored(finder)).orElse(Edit.NONE),
        recipe.reading());
  }

  /** Frees the model; a second call does nothing. No thread may be drawing. */
  @Override
  public void close() {
    checkpoint.close();
  }
}
