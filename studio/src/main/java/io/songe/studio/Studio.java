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
import io.songe.models.ModelShelf;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One folder of pictures with its queue, its models and the workers that draw. One process at a
 * time uses a folder.
 */
public final class Studio implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Studio.class.getName());

  private final StudioSettings settings;
  private final FolderLock lock;
  private final LongAdder drawn = new LongAdder();
  private final Gallery gallery;
  private final JobQueue queue;
  private final InputStore inputs;
  private final Orders orders;
  private final Drawings drawings;
  private final List<Worker> workers;
  private volatile boolean warm;

  private Studio(StudioSettings settings, FolderLock lock, Clock clock) {
    this.settings = settings;
    this.lock = lock;
    Path folder = settings.folder();
    this.gallery = Gallery.open(folder.resolve("gallery"), clock);
    this.inputs = new InputStore(folder.resolve("inputs"));
    this.queue =
        JobQueue.open(
            folder.resolve("queue"), new Keeping(gallery, drawn), settings.limits(), clock);
    this.orders =
        new Orders(settings.models(), inputs, settings.model(), RandomGenerator.getDefault());
    this.drawings = new Drawings(settings.models(), inputs);
    this.workers =
        IntStream.range(0, settings.workers())
            .mapToObj(_ -> Worker.start(queue, drawings))
            .toList();
  }

  /** Puts finished pictures into the gallery. */
  private record Keeping(Gallery gallery, LongAdder drawn) implements PictureKeeper {
    @Override
    public boolean has(String id) {
      return gallery.has(id);
    }

    @Override
    public void keep(String id, Job job, Png picture) {
      gallery.add(id, job.order().owner(), job.order().style(), picture);
      drawn.increment();
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
    return open(new StudioSettings(folder, models, ModelShelf.BUNDLED, 1, limits), clock);
  }

  /**
   * Opens a studio and begins to draw what waits in its queue, unless it has no worker.
   *
   * @param settings what it is made of
   * @param clock tells when things happen
   * @return the studio
   * @throws io.songe.error.InvalidRequestException if another process uses the folder
   */
  public static Studio open(StudioSettings settings, Clock clock) {
    FolderLock lock = FolderLock.take(settings.folder());
    try {
      return new Studio(settings, lock, clock);
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  /** Tells the user's other commands where this studio can be spoken to, until it is closed. */
  public void announce(RunningStudio running) {
    lock.announce(running);
  }

  /**
   * Opens the usual model on a thread beside, so that the first picture does not wait for it. If
   * that fails, the first picture will say why.
   */
  public void warmUp() {
    Thread.ofPlatform()
        .daemon()
        .name("warm up")
        .start(() -> {
          try {
            drawings.warm(settings.model());
            warm = true;
          } catch (RuntimeException failed) {
            LOG.log(Level.FINE, "the usual model cannot be opened", failed);
          }
        });
  }

  /** {@return whether the usual model has been opened} */
  public boolean isWarm() {
    return warm;
  }

  /** {@return how many pictures were put into the gallery since the studio was opened} */
  public long picturesDrawn() {
    return drawn.sum();
  }

  /** {@return what it is made of} */
  public StudioSettings settings() {
    return settings;
  }

  /** {@return the models folder} */
  public Path models() {
    return settings.models();
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

  /**
   * Removes for good what has lain in an owner's trash, and the pictures that nothing else was or
   * will be drawn from.
   *
   * @param owner whose trash
   * @return how many pictures lay in it
   */
  public int emptyTrash(String owner) {
    Instant now = Instant.now();
    Set<String> waitedFor = queue.sources(); // before a job that ends now becomes a picture
    Gallery.Emptied emptied = gallery.emptyTrash(owner);
    inputs.remove(
        emptied.sources().stream().filter(each -> !waitedFor.contains(each)).toList(), now);
    return emptied.pictures();
  }

  /** Stops drawing; what runs goes back to the queue. */
  @Override
  public void close() {
    workers.forEach(Worker::close);
    queue.close();
    drawings.close();
    gallery.close();
    lock.close();
  }
}
