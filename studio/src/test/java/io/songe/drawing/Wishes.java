package io.songe.drawing;

import io.songe.image.Colour;
import io.songe.jobs.Job;
import io.songe.jobs.JobState;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.text.Prompt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Wishes and jobs for the tests: small pictures of a few steps. */
final class Wishes {
  private Wishes() {}

  static Wish of(String phrase) {
    return Wish.of("anna", Order.Door.PAGE, Prompt.of(phrase));
  }

  /** {@return a wish for pictures that take no time} */
  static Wish small(String phrase, int count) {
    return small(phrase, count, Edit.NONE, Optional.empty(), false);
  }

  static Wish small(
      String phrase, int count, Edit edit, Optional<Order.Travel> travel, boolean traced) {
    return new Wish(
        "anna",
        Order.Door.PAGE,
        Optional.empty(),
        Prompt.of(phrase),
        "",
        Optional.of(64),
        Optional.of(64),
        Optional.of(2),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(7L),
        count,
        Optional.empty(),
        Optional.empty(),
        Colour.TRANSPARENT,
        edit,
        travel,
        traced,
        true);
  }

  static Job job(Order order) {
    return new Job(
        "abcdefghijklmnopqrstuvwxyz",
        order,
        JobState.RUNNING,
        Optional.empty(),
        0,
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty(),
        List.of(),
        0,
        Optional.empty());
  }
}
