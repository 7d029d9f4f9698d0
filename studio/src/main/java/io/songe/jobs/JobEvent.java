package io.songe.jobs;

import io.songe.image.Image;
import java.util.Optional;

/** What happens to a job, told in the order in which it happens. */
public sealed interface JobEvent {
  /** {@return the job as it is after the event} */
  Job job();

  /**
   * It was taken, moved, held, released, tried again, given back by its worker, or its place in the
   * queue changed and is among the first twenty.
   */
  record Queued(Job job) implements JobEvent {}

  /** A worker has begun it. */
  record Started(Job job) implements JobEvent {}

  /**
   * A step is done, or a frame.
   *
   * @param job the job
   * @param preview what the network takes the clean picture for, where it was worth decoding
   */
  record Stepped(Job job, Optional<Image> preview) implements JobEvent {}

  /**
   * A picture is done and safe on the disk.
   *
   * @param job the job
   * @param picture its id
   */
  record Drawn(Job job, String picture) implements JobEvent {}

  /** It is finished, failed or cancelled. */
  record Ended(Job job) implements JobEvent {}
}
