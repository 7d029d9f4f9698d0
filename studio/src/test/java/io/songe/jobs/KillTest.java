package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with jobs under load ({@link Crashing}) is killed at random moments, and begun again on
 * the same folder. Two such processes are killed side by side, to use the time that they need to
 * start.
 */
class KillTest {
  private static final int LANES = 2;
  private static final int KILLS_OF_A_LANE = 25;
  private static final int MOST_JOBS = 8;
  private static final int AT_WORK_MILLISECONDS = 50;
  private static final int OPENING_MILLISECONDS = 300;

  @TempDir Path folder;

  @Test
  void fifty_kills_lose_no_job_and_no_picture_and_draw_nothing_twice() throws Exception {
    long seed = System.nanoTime();
    System.err.println("KillTest: seed " + seed);
    CrashingProcess processes =
        new CrashingProcess(Files.createDirectory(folder.resolve("classes")));
    List<Callable<Lane>> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Lane lane = new Lane(processes, Files.createDirectory(folder.resolve("lane-" + i)), seed + i);
      lanes.add(() -> {
        lane.killOften();
        return lane;
      });
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
      for (Future<Lane> lane : threads.invokeAll(lanes)) {
        lane.get().check();
      }
    }
  }

  /** One folder and its processes, one after the other. */
  private static final class Lane {
    private final CrashingProcess processes;
    private final Path folder;
    private final Random random;

    Lane(CrashingProcess processes, Path folder, long seed) {
      this.processes = processes;
      this.folder = folder;
      this.random = new Random(seed);
    }

    void killOften() throws IOException, InterruptedException {
      for (int kill = 0; kill < KILLS_OF_A_LANE; kill++) {
        Process process = processes.start(folder, random.nextLong());
        try {
          // One in five is killed while it starts and opens the queue.
          if (random.nextInt(5) > 0) {
            awaitJobs(process, 1 + random.nextInt(MOST_JOBS));
            Thread.sleep(random.nextInt(AT_WORK_MILLISECONDS));
          } else {
            Thread.sleep(random.nextInt(OPENING_MILLISECONDS));
          }
          assertThat(process.isAlive()).as("it did not end by itself").isTrue();
        } finally {
          process.destroyForcibly().waitFor();
        }
      }
    }

    /** Waits until a process has submitted so many, by which it has drawn some. */
    private static void awaitJobs(Process process, int jobs) throws IOException {
      for (int i = 0; i < jobs; i++) {
        assertThat(process.getInputStream().read()).as("it works").isPositive();
      }
    }

    void check() throws IOException {
      Notes notes = Notes.read(folder);
      assertThat(notes.submitted()).isNotEmpty();
      assertThat(notes.finished()).isNotEmpty();
      assertThat(notes.cancelled()).isNotEmpty();
      Crashing.Kept kept = new Crashing.Kept(folder);

      List<Job> jobs = drawTheRest(kept);

      Set<String> ids = jobs.stream().map(Job::id).collect(Collectors.toSet());
      assertThat(ids).as("no job is lost").containsAll(notes.submitted());
      for (Job job : jobs) {
        assertThat(job.state()).isIn(JobState.FINISHED, JobState.CANCELLED);
        if (job.state() == JobState.FINISHED) {
          assertThat(job.pictures()).hasSize(job.order().count());
        }
        assertThat(job.pictures())
            .allSatisfy(picture ->
                assertThat(kept.count(picture)).as("kept once: " + picture).isEqualTo(1));
      }
      Set<String> pictures =
          jobs.stream().flatMap(job -> job.pictures().stream()).collect(Collectors.toSet());
      assertThat(pictures).as("no picture is lost").containsAll(notes.drawn());
      assertThat(pictures).as("no picture is without its job").isEqualTo(keptPictures());
      assertThat(ids(jobs, JobState.CANCELLED)).containsAll(notes.cancelled());
      assertThat(ids(jobs, JobState.FINISHED)).containsAll(notes.finished());
      assertThat(notes.begunAfterTheEnd()).as("nothing is begun after its end").isEmpty();
    }

    private List<Job> drawTheRest(PictureKeeper keeper) {
      try (JobQueue queue =
              JobQueue.open(folder.resolve("queue"), keeper, Crashing.LIMITS, Clock.systemUTC());
          Worker _ = Worker.start(queue, Lane::draw)) {
        Stage.await(() ->
            Crashing.OWNERS.stream()
                .allMatch(owner -> queue.list(owner, 1).getFirst().state().isOver()));
        return Crashing.OWNERS.stream()
            .flatMap(owner -> queue.list(owner, Integer.MAX_VALUE).stream())
            .toList();
      }
    }

    private static void draw(Job job, Draftsman.Easel easel) {
      for (int image = 0; image < job.order().count(); image++) {
        easel.drawn(image, Orders.png());
      }
    }

    private Set<String> keptPictures() throws IOException {
      try (Stream<Path> folders = Files.list(folder.resolve("pictures"))) {
        // The folder of a picture may be there while the picture is not, of a job that was
        // cancelled.
        return folders
            .filter(picture -> new Crashing.Kept(folder).has(picture.getFileName().toString()))
            .map(picture -> picture.getFileName().toString())
            .collect(Collectors.toSet());
      }
    }

    private static Set<String> ids(List<Job> jobs, JobState state) {
      return jobs.stream()
          .filter(job -> job.state() == state)
          .map(Job::id)
          .collect(Collectors.toSet());
    }
  }

  /** What the processes were promised before they were killed. */
  private record Notes(
      Set<String> submitted,
      Set<String> cancelled,
      Set<String> drawn,
      Set<String> finished,
      Set<String> begunAfterTheEnd) {

    static Notes read(Path folder) throws IOException {
      Notes notes =
          new Notes(
              new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
      for (String line : Files.readAllLines(Crashing.notes(folder))) {
        String id = line.substring(line.indexOf(' ') + 1);
        switch (line.substring(0, line.indexOf(' '))) {
          case "submitted" -> notes.submitted.add(id);
          case "cancelled", "CANCELLED" -> notes.cancelled.add(id);
          case "drawn" -> notes.drawn.add(id);
          case "FINISHED" -> notes.finished.add(id);
          case "begun" -> {
            if (notes.finished.contains(id) || notes.cancelled.contains(id)) {
              notes.begunAfterTheEnd.add(id);
            }
          }
          default -> throw new AssertionError(line);
        }
      }
      return notes;
    }
  }
}
