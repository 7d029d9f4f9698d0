package io.songe.cli.terminal;

import io.songe.cli.messages.Messages;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far a long work is. On a terminal it is one line, drawn again and again in place: what is
 * being done, the steps, a bar, the speed and the time left. Elsewhere it is a plain line at each
 * quarter of the steps. The line that ends a work is printed in both.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ProgressBar implements AutoCloseable {
  private static final Duration BETWEEN_REDRAWS = Duration.ofMillis(100);

  /** The speed is the mean over this many steps, so that it follows changes but does not jump. */
  private static final int STEPS_REMEMBERED = 8;

  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;
  private static final String GAP = "  ";
  private static final String TO_LINE_START = "\r";
  private static final String ERASE_TO_LINE_END = "\033[K";

  private final PrintStream out;
  private final Terminal terminal;
  private final Messages messages;
  private final InstantSource clock;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private String work = "";
  private int done;
  private int total;
  private boolean shown;
  private Instant drawn = Instant.MIN;

  private record Mark(int done, Instant time) {}

  /**
   * A bar that shows nothing yet.
   *
   * @param out where it is written
   * @param terminal what can be shown there
   * @param messages the words
   * @param clock tells the speed
   */
  public ProgressBar(PrintStream out, Terminal terminal, Messages messages, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Begins a work without steps. It is shown on a terminal only.
   *
   * @param name what is being done
   */
  public void begin(String name) {
    begin(name, 0);
  }

  /**
   * Begins a work with steps.
   *
   * @param name what is being done
   * @param steps how many, at least 0; with 0 they are not shown
   */
  public void begin(String name, int steps) {
    begin(name, 0, steps);
  }

  /**
   * Goes on with a work that somebody began before.
   *
   * @param name what is being done
   * @param number how many steps were done by then, from 0 to the number of all
   * @param steps how many there are, at least 0; with 0 they are not shown
   */
  public void begin(String name, int number, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("a work has at least 0 steps, got " + steps);
    }
    if (number < 0 || number > steps) {
      throw new IllegalArgumentException("step " + number + " of " + steps);
    }
    work = name;
    done = number;
    total = steps;
    marks.clear();
    marks.add(new Mark(number, clock.instant()));
    if (terminal.interactive()) {
      redraw();
    }
  }

  /**
   * Says otherwise what is being done, from the next time on that the bar is drawn.
   *
   * @param name what is being done
   */
  public void name(String name) {
    work = name;
  }

  /**
   * Goes on.
   *
   * @param number how many steps are done, from 0 to the number of all
   */
  public void step(int number) {
    if (number < 0 || number > total) {
      throw new IllegalArgumentException("step " + number + " of " + total);
    }
    boolean quarter = number < total && 4L * number / total > 4L * done / total;
    done = number;
    marks.add(new Mark(done, clock.instant()));
    if (marks.size() > STEPS_REMEMBERED + 1) {
      marks.remove();
    }
    if (terminal.interactive()) {
      if (done == total || !clock.instant().isBefore(drawn.plus(BETWEEN_REDRAWS))) {
        redraw();
      }
    } else if (quarter) {
      out.print(head() + tail() + "\n");
      out.flush();
    }
  }

  /**
   * Goes on with a work that has another number of steps than was thought.
   *
   * @param number how many steps are done, from 0 to the number of all
   * @param steps how many there are
   */
  public void step(int number, int steps) {
    total = steps;
    step(number);
  }

  /**
   * Prints something that stays above the bar.
   *
   * @param text ends with a line feed, or with the cursor at the left of an empty line
   */
  public void above(String text) {
    boolean again = shown;
    erase();
    out.print(text);
    out.flush();
    if (again) {
      redraw();
    }
  }

  /**
   * Ends a work: a line takes the place of the bar.
   *
   * @param line what to say, without a line feed
   */
  public void end(String line) {
    erase();
    out.print(line + "\n");
    out.flush();
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    erase();
    out.flush();
  }

  private void erase() {
    if (shown) {
      out.print(TO_LINE_START + ERASE_TO_LINE_END);
      shown = false;
    }
  }

  private void redraw() {
    out.print(TO_LINE_START + line(terminal.window().columns() - 1) + ERASE_TO_LINE_END);
    out.flush();
    shown = true;
    drawn = clock.instant();
  }

  /** The bar gives way first, then the speed, since a line that wraps could not be redrawn. */
  private String line(int columns) {
    String head = head();
    String tail = tail();
    if (head.length() + tail.length() > columns) {
      return head.substring(0, Math.min(head.length(), columns));
    }
    int room = columns - head.length() - tail.length() - GAP.length() - "[]".length();
    return total == 0 || room < SHORTEST_BAR
        ? head + tail
        : head + GAP + bar(Math.min(room, LONGEST_BAR)) + tail;
  }

  private String head() {
    if (total == 0) {
      return work;
    }
    String number = Integer.toString(done);
    String all = Integer.toString(total);
    return work + GAP + " ".repeat(all.length() - number.length()) + number + " / " + all;
  }

  private String bar(int length) {
    int full = Math.toIntExact((long) length * done / total);
    return terminal.unicode()
        ? "[" + "█".repeat(full) + "░".repeat(length - full) + "]"
        : "[" + "#".repeat(full) + "-".repeat(length - full) + "]";
  }

  private String tail() {
    Mark first = marks.element();
    Mark last = marks.getLast();
    Duration time = Duration.between(first.time, last.time);
    int steps = last.done - first.done;
    if (steps <= 0 || time.isZero()) {
      return "";
    }
    double seconds = time.toNanos() / 1e9 / steps;
    String speed =
        seconds <= 1 ? messages.stepsPerSecond(1 / seconds) : messages.secondsPerStep(seconds);
    Duration left = time.multipliedBy(total - done).dividedBy(steps);
    return GAP + speed + (done < total ? ", " + messages.left(left) : "");
  }
}
