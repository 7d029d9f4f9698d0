package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Png;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand jobs at once, with cancels in between. */
class LoadTest {
  private static final int CLIENTS = 20;
  private static final int JOBS_OF_ONE = 50;

  @TempDir Path folder;

  @Test
  void of_a_thousand_jobs_from_twenty_clients_none_is_lost_and_none_drawn_twice() throws Exception {
    long seed = System.nanoTime();
    System.err.println("LoadTest: seed " + seed);
    Counting keeper = new Counting();
    Map<String, Integer> ends = new ConcurrentHashMap<>();
    Set<String> cancelled = ConcurrentHashMap.newKeySet();
    Set<String> submitted = ConcurrentHashMap.newKeySet();

    try (JobQueue queue = JobQueue.open(folder, keeper, QueueLimits.USUAL, Clock.systemUTC());
        Worker _ = Worker.start(queue, LoadTest::draw);
        Worker _ = Worker.start(queue, LoadTest::draw)) {
      List<Callable<Boolean>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String owner = "client " + i % 5;
        queue.subscribe(owner, JobQueue.Previews.WANTED, event -> countEnd(event, ends));
        Random random = new Random(seed + i);
        clients.add(() -> {
          for (int n = 0; n < JOBS_OF_ONE; n++) {
            Job job = queue.submit(Orders.of(owner, "a fox", 1 + random.nextInt(2)));
            submitted.add(job.id());
            if (random.nextInt(4) == 0 && queue.cancel(owner, job.id())) {
              cancelled.add(job.id());
            }
          }
          return true;
        });
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Boolean> client : threads.invokeAll(clients)) {
          assertThat(client.get()).isTrue();
        }
      }
      Stage.await(() -> isIdle(queue.counts()));

      assertThat(submitted).hasSize(CLIENTS * JOBS_OF_ONE);
      assertThat(queue.counts())
          .containsEntry(JobState.CANCELLED, cancelled.size())
          .containsEntry(JobState.FINISHED, submitted.size() - cancelled.size())
          .containsEntry(JobState.FAILED, 0);
      for (int i = 0; i < 5; i++) {
        for (Job job : queue.list("client " + i, 1000)) {
          assertThat(submitted).contains(job.id());
          assertThat(job.state())
              .isEqualTo(cancelled.contains(job.id()) ? JobState.CANCELLED : JobState.FINISHED);
          assertThat(keeper.kept.keySet()).containsAll(job.pictures());
        }
      }
      assertThat(keeper.kept.values()).allSatisfy(times -> assertThat(times.get()).isEqualTo(1));
      // Each of the four clients of an owner hears of each of the owner's jobs.
      Stage.await(() -> ends.values().stream().mapToInt(Integer::intValue).sum() == 4000);
      assertThat(ends).hasSize(1000).allSatisfy((_, times) -> assertThat(times).isEqualTo(4));
    }
  }

  private static boolean isIdle(Map<JobState, Integer> counts) {
    return counts.getOrDefault(JobState.QUEUED, 0) + counts.getOrDefault(JobState.RUNNING, 0) == 0;
  }

  private static void countEnd(JobEvent event, Map<String, Integer> ends) {
    if (event instanceof JobEvent.Ended ended) {
      ends.merge(ended.job().id(), 1, Integer::sum);
    }
  }

  private static void draw(Job job, Draftsman.Easel easel) {
    for (int i = 0; i < job.order().count(); i++) {
      easel.stepped(i, 1, 1, Optional.empty());
      easel.drawn(i, Orders.png());
    }
  }

  /** Counts how often each picture was kept. */
  private static final class Counting implements PictureKeeper {
    private final Map<String, AtomicInteger> kept = new ConcurrentHashMap<>();

    @Override
    public boolean has(String id) {
      return kept.containsKey(id);
    }

    @Override
    public void keep(String id, Job job, Png picture) {
      kept.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
    }
  }
}
