package io.songe.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order that the queue has taken, as it is at one moment.
 *
 * @param id unguessable, of 26 lower-case letters and digits
 * @param order what is drawn
 * @param state where it is
 * @param position how many jobs are before it, 0 for the next; empty unless it is queued
 * @param priority higher ones come first; 0 is usual
 * @param submitted when it was taken
 * @param started when it was last begun
 * @param ended when it was over
 * @param image which picture is being drawn, from 0
 * @param step how many steps of that picture are done
 * @param steps how many each picture has; 0 until that is known
 * @param timeLeft until its last picture is there, with all that is before it; learned from past
 *     jobs
 * @param pictures the ids of those that are done, in order
 * @param frames how many frames are done, where the order travels or is traced
 * @param failure why it failed, in the words of the exception
 */
public record Job(
    String id,
    Order order,
    JobState state,
    Optional<Integer> position,
    int priority,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    int image,
    int step,
    int steps,
    Optional<Duration> timeLeft,
    List<String> pictures,
    int frames,
    Optional<String> failure) {}
