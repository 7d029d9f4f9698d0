package io.songe.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is remembered of a job over the end of the process.
 *
 * @param id its name
 * @param order what is drawn
 * @param state where it is
 * @param place where it waits
 * @param submitted when it was taken
 * @param started when it was last begun
 * @param ended when it was over
 * @param images which pictures are done and safe
 * @param frames how many frames are done
 * @param failure why it failed
 */
record Row(
    String id,
    Order order,
    JobState state,
    Place place,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    SortedSet<Integer> images,
    int frames,
    Optional<String> failure) {

  /**
   * A place among the waiting jobs of one owner.
   *
   * @param resumed whether the job was begun before; such jobs are before all others
   * @param priority higher ones come first
   * @param rank lower ones come first among equals; once a job is over, its place among those
   */
  record Place(boolean resumed, int priority, long rank) {
    Place withRank(long other) {
      return new Place(resumed, priority, other);
    }
  }

  static Row submitted(String id, Order order, Place place, Instant now) {
    return new Row(
        id,
        order,
        JobState.QUEUED,
        place,
        now,
        Optional.empty(),
        Optional.empty(),
        new TreeSet<>(),
        0,
        Optional.empty());
  }

  String owner() {
    return order.owner();
  }

  boolean waits() {
    return state == JobState.QUEUED || state == JobState.HELD;
  }

  Row begun(Instant now) {
    return new Row(
        id,
        order,
        JobState.RUNNING,
        place,
        submitted,
        Optional.of(now),
        Optional.empty(),
        images,
        frames,
        Optional.empty());
  }

  /** This job as one that waits. */
  Row waiting(JobState queuedOrHeld, Place where) {
    return new Row(
        id,
        order,
        queuedOrHeld,
        where,
        submitted,
        started,
        Optional.empty(),
        images,
        frames,
        Optional.empty());
  }

  Row over(JobState end, long rank, Instant now, Optional<String> why) {
    return new Row(
        id,
        order,
        end,
        place.withRank(rank),
        submitted,
        started,
        Optional.of(now),
        images,
        frames,
        why);
  }

  Row withImage(int image) {
    SortedSet<Integer> more = new TreeSet<>(images);
    more.add(image);
    return new Row(id, order, state, place, submitted, started, ended, more, frames, failure);
  }

  Row withFrames(int count) {
    return new Row(id, order, state, place, submitted, started, ended, images, count, failure);
  }
}
