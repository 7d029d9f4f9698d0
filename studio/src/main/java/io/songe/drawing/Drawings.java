package io.songe.drawing;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.jobs.Draftsman;
import io.songe.jobs.InputStore;
import io.songe.jobs.Job;
import io.songe.jobs.Order;
import io.songe.models.AdapterShelf;
import io.songe.models.ModelShelf;
import io.songe.models.Names;
import io.songe.pipeline.EditRecipe.SourceRecipe;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Progress;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Draws orders with the models at hand, which stay open between jobs while there is memory for
 * them. Several threads may draw at once.
 */
public final class Drawings implements Draftsman, AutoCloseable {
  /** Weights of fewer bytes draw a few steps in a second or two. */
  private static final long SMALL = 300_000_000;

  private static final int WARMING_STEPS = 3;

  private final ModelShelf models;
  private final InputStore inputs;
  private final ModelPool pool;

  /**
   * Draws with the models of a folder, which may take half of the machine's memory.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs has the pictures that edits begin with
   */
  public Drawings(Path models, InputStore inputs) {
    this(models, inputs, ModelPool.usualBudget());
  }

  /**
   * Draws with the models of a folder.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs has the pictures that edits begin with
   * @param memory how many bytes the weights of all open models may take together; a single model
   *     is opened whatever it takes
   */
  public Drawings(Path models, InputStore inputs, long memory) {
    this.models = new ModelShelf(models);
    this.inputs = inputs;
    this.pool = new ModelPool(memory);
  }

  @Override
  public void draw(Job job, Easel easel) {
    try {
      drawOrder(job, easel);
    } catch (RuntimeException failure) {
      if (wasInterrupted(failure)) {
        throw cancelled(failure);
      }
      throw failure;
    }
  }

  private void drawOrder(Job job, Easel easel) {
    Order order = job.order();
    Recipe recipe = order.recipe();
    GenerationRequest request = TextToImage.request(recipe, this::input);
    try (ModelPool.Lease lease = take(recipe)) {
      Sitting sitting =
          new Sitting(
              lease.model(),
              request,
              Colour.parse(recipe.background()),
              easel,
              new PreviewPace(System::nanoTime));
      if (order.travel().isPresent()) {
        sitting.travel(order.travel().get(), job.frames());
      } else if (order.traced()) {
        sitting.traces(order.count());
      } else {
        sitting.pictures(order.count());
      }
    }
  }

  private Image input(SourceRecipe wanted) {
    return inputs
        .find(wanted.sha256())
        .orElseThrow(() ->
            new InvalidRequestException(
                "the picture that this drawing begins with is not there any more; give it again"));
  }

  private ModelPool.Lease take(Recipe recipe) {
    Path folder =
        models
            .drawnBy(recipe.model(), recipe.weightsSha256())
            .orElseThrow(() -> Names.unknown("model", recipe.model(), models.names()));
    return pool.take(
        folder, Precision.named(recipe.precision()).resolved(), recipe.adapters(), this::adapter);
  }

  private Path adapter(AppliedAdapter wanted) {
    boolean lora = wanted.kind().equals(AppliedAdapter.LORA);
    AdapterShelf shelf = lora ? models.loras() : models.embeddings();
    return shelf
        .withHash(wanted.name(), wanted.sha256())
        .orElseThrow(() ->
            new InvalidRequestException(
                "the %s \"%s\" is not there any more, or is another file of that name; put it back"
                    .formatted(lora ? "LoRA" : "embedding", wanted.name())));
  }

  /**
   * Opens a model before it is asked for, so that the first picture does not wait for it. A small
   * one also draws a picture that nobody sees: code is fast only once it has run. For platform
   * threads.
   *
   * @param model its name
   * @throws InvalidRequestException if there is none of that name
   */
  public void warm(String model) {
    Path folder =
        models.named(model).orElseThrow(() -> Names.unknown("model", model, models.names()));
    try (ModelPool.Lease lease =
        pool.take(folder, Precision.AUTO.resolved(), List.of(), this::adapter)) {
      if (lease.bytes() < SMALL) {
        TextToImage songe = lease.model();
        songe.generate(songe.request("", 0).withSteps(WARMING_STEPS), Drawings::look);
      }
    }
  }

  private static void look(Progress progress) {
    if (progress instanceof Progress.Denoised step) {
      step.preview().smaller(PreviewPace.USUAL);
    }
  }

  /** {@return whether a model is open, so that drawing with it begins at once} */
  public boolean isWarm(String model) {
    return models.named(model).filter(folder -> pool.open().contains(folder)).isPresent();
  }

  /** An interrupted thread finds a model's file closed that it was reading. */
  private static boolean wasInterrupted(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof ClosedByInterruptException);
  }

  private static CancellationException cancelled(Throwable cause) {
    Thread.interrupted();
    var cancelled = new CancellationException("interrupted while a model was opened");
    cancelled.initCause(cause);
    return cancelled;
  }

  /** Closes the models, once no thread draws any more. */
  @Override
  public void close() {
    pool.close();
  }
}
