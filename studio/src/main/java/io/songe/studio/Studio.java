package io.songe.studio;

import io.songe.drawing.Drawings;
import io.songe.drawing.Orders;
import io.songe.drawing.Wish;
import io.songe.gallery.Gallery;
import io.songe.image.Png;
import io.songe.jobs.InputStore;
import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.jobs.PictureKeeper;
import io.songe.jobs.QueueLimits;
import io.songe.jobs.Worker;
import java.nio.file.Path;
import java.time.Clock;

/** One folder of pictures with its queue, its models and the worker that draws. */
public final class Studio implements AutoCloseable {
  private final Path models;
  private final Gallery gallery;
  private final JobQueue queue;
  private final InputStore inputs;
  private final Orders orders;
  private final Drawings drawings;
  private final Worker worker;

  private Studio(Path folder, Path models, QueueLimits limits, Clock clock) {
    this.models = models;
    this.gallery = Gallery.open(folder.resolve("gallery"), clock);
    this.inputs = new InputStore(folder.resolve("inputs"));
    this.queue = JobQueue.open(folder.resolve("queue"), new Keeping(gallery), limits, clock);
    this.orders = new Orders(models, inputs);
    this.drawings = new Drawings(models, inputs);
    this.worker = Worker.start(queue, drawings);
  }

  /** Puts finished pictures into the gallery. */
  private record Keeping(Gallery gallery) implements PictureKeeper {
    @Override
    public boolean has(String id) {
      return gallery.has(id);
    }

    @Override
    public void keep(String id, Job job, Png picture) {
      gallery.add(id, job.order().owner(), job.order().style(), picture);
    }
  }

  /**
   * Opens a studio and begins to draw what waits in its queue.
   *
   * @param folder of the gallery and the queue; made when it is missing
   * @param models the models folder
   * @param limits of the queue
   * @param clock tells when things happen
   * @return the studio
   */
  public static Studio open(Path folder, Path models, QueueLimits limits, Clock clock) {
    return new Studio(folder, models, limits, clock);
  }

  /** {@return the models folder} */
  public Path models() {
    return models;
  }

  /** {@return the name of the model that draws where none is named} */
  public String usualModel() {
    return orders.usualModel();
  }

  /** {@return whether a model is open, so that drawing with it begins at once} */
  public boolean isWarm(String model) {
    return drawings.isWarm(model);
  }

  /** {@return the pictures} */
  public Gallery gallery() {
    return gallery;
  }

  /** {@return the jobs} */
  public JobQueue queue() {
    return queue;
  }

  /** {@return the pictures that drawings begin with} */
  public InputStore inputs() {
    return inputs;
  }

  /**
   * Takes a wish into the queue.
   *
   * @param wish what is asked for
   * @return the job
   * @throws io.songe.error.InvalidRequestException if it cannot be drawn, or the queue is full
   */
  public Job submit(Wish wish) {
    return queue.submit(orders.complete(wish));
  }

  /** Stops drawing; what runs goes back to the queue. */
  @Override
  public void close() {
    worker.close();
    queue.close();
    drawings.close();
    gallery.close();
  }
}
