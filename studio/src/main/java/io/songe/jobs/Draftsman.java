package io.songe.jobs;

import io.songe.image.Image;
import io.songe.image.Png;
import java.util.Optional;

/** Draws jobs; the queue does not know how. */
@FunctionalInterface
public interface Draftsman {
  /**
   * Draws what of a job is not drawn yet. Called on a platform thread, which is interrupted when
   * the job is cancelled.
   *
   * @param job what to draw
   * @param easel where to put it
   * @throws io.songe.error.InvalidRequestException if it cannot be drawn as it was asked for
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  void draw(Job job, Easel easel);

  /** Takes what is drawn, and tells what is there already from before a restart. */
  interface Easel {
    /** {@return whether picture i is done already} */
    boolean has(int image);

    /** {@return whether anybody would see a preview now, so that decoding one is worth its time} */
    boolean isWatched();

    /**
     * Tells how far a picture is.
     *
     * @param image which, from 0
     * @param step how many steps are done
     * @param steps how many it has
     * @param preview what it looks like, if it was worth decoding
     */
    void stepped(int image, int step, int steps, Optional<Image> preview);

    /**
     * Takes a finished picture; when this returns, it is safe.
     *
     * @param image which, from 0
     * @param picture with its texts
     */
    void drawn(int image, Png picture);

    /**
     * Takes a frame of a travel or of a trace.
     *
     * @param frame which, from 0
     * @param picture of it
     */
    void frame(int frame, Image picture);
  }
}
