package io.songe.jobs;

import io.songe.image.Image;
import java.time.Instant;
import java.util.Optional;

/** One job in the hands of one worker. Guarded by the queue's lock. */
final class Run {
  private final String job;
  private final Thread thread;
  private final Progress progress;
  private Optional<Image> preview = Optional.empty();
  private Optional<Instant> asked = Optional.empty();
  private boolean saving;
  private int stoppers;
  private boolean turnedAway;

  Run(String job, Thread thread, Progress progress) {
    this.job = job;
    this.thread = thread;
    this.progress = progress;
  }

  String job() {
    return job;
  }

  Thread thread() {
    return thread;
  }

  Progress progress() {
    return progress;
  }

  Optional<Image> preview() {
    return preview;
  }

  /** Remembers that somebody wanted to see the preview. */
  void setAsked(Instant now) {
    asked = Optional.of(now);
  }

  /** {@return whether somebody wanted to see the preview since then} */
  boolean wasAskedSince(Instant then) {
    return asked.filter(then::isBefore).isPresent();
  }

  void setPreview(Image latest) {
    preview = Optional.of(latest);
  }

  /** {@return whether a file is being written, during which the thread must not be interrupted} */
  boolean isSaving() {
    return saving;
  }

  void setSaving(boolean now) {
    saving = now;
  }

  /** {@return whether somebody waits to take the job away} */
  boolean isStopping() {
    return stoppers > 0;
  }

  void addStopper() {
    stoppers++;
  }

  void removeStopper() {
    stoppers--;
  }

  /** {@return whether the draftsman was sent away because of somebody who waits} */
  boolean wasTurnedAway() {
    return turnedAway;
  }

  void turnAway() {
    turnedAway = true;
  }
}
