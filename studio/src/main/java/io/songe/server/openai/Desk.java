package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.jobs.JobQueue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What this interface asks of a studio. */
interface Desk {
  /** Takes a wish into the queue. */
  Job submit(Wish wish);

  /** Hears what happens to an owner's jobs, until the subscription is closed. */
  JobQueue.Subscription subscribe(
      String owner, JobQueue.Previews previews, Consumer<JobEvent> listener);

  /** Gives a job up. */
  void cancel(String owner, String job);

  /** {@return a finished picture} */
  Optional<Kept> picture(String owner, String id);

  /** {@return the names of the models at hand, the default one first} */
  List<String> models();

  /** {@return a model's folder or file} */
  Optional<Path> model(String name);

  /**
   * A finished picture.
   *
   * @param file a PNG file
   * @param width in pixels
   * @param height in pixels
   * @param transparent whether any of it is
   */
  record Kept(Path file, int width, int height, boolean transparent) {}
}
