package io.songe.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far a running job is, and how fast. Counted in pictures, of which several may be drawn at
 * once; the frames of a travel count as pictures.
 *
 * <p>The time before the first report is not counted: it may have gone into opening the model.
 */
final class Progress {
  /** With less than this of a picture seen, the pace of this run says nothing. */
  private static final double FEWEST = 0.1;

  private final int pictures;
  private final Map<Integer, Double> parts = new HashMap<>();
  private final long begun;
  private final double doneBefore;
  private double done;
  private long first = -1;
  private double doneAtFirst;
  private long last;
  private int image;
  private int step;
  private int steps;

  /**
   * A run that begins.
   *
   * @param pictures how many the job has
   * @param done how many were done before
   * @param now in milliseconds
   */
  Progress(int pictures, int done, long now) {
    this.pictures = pictures;
    this.done = done;
    this.doneBefore = done;
    this.begun = now;
    this.last = now;
  }

  void stepped(int at, int stepsDone, int ofSteps, long now) {
    image = at;
    step = stepsDone;
    steps = ofSteps;
    reach(at, ofSteps == 0 ? 0 : stepsDone / (double) ofSteps, now);
  }

  void drawn(int at, long now) {
    reach(at, 1, now);
  }

  private void reach(int at, double part, long now) {
    Double before = parts.put(at, part);
    done += part - (before == null ? 0 : before);
    if (first < 0) {
      first = now;
      doneAtFirst = done;
    }
    last = now;
  }

  int image() {
    return image;
  }

  int step() {
    return step;
  }

  int steps() {
    return steps;
  }

  /** {@return how many seconds a picture takes in this run; empty while that cannot be said} */
  OptionalDouble secondsOfPicture() {
    double seen = done - doneAtFirst;
    if (first >= 0 && seen >= FEWEST) {
      return OptionalDouble.of((last - first) / seen / 1000);
    }
    double all = done - doneBefore;
    return all >= 1 ? OptionalDouble.of((last - begun) / all / 1000) : OptionalDouble.empty();
  }

  /** {@return how many pictures are still to be drawn, with parts of them} */
  double left() {
    return Math.max(0, pictures - done);
  }
}
