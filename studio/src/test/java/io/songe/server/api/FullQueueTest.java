package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.jobs.QueueLimits;
import io.songe.server.api.ApiStudio.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullQueueTest {
  @Test
  void a_full_queue_says_when_to_come_again_and_takes_several_jobs_or_none(@TempDir Path folder) {
    try (var studio = new ApiStudio(folder, new QueueLimits(2, 2, 10))) {
      studio.post("/api/queue/pause", "{}");
      studio.post("/api/jobs", "{\"phrase\": \"the first\"}");

      Answer several = studio.post("/api/jobs", "{\"phrase\": \"a crowd --repeat 3\"}");
      Answer second = studio.post("/api/jobs", "{\"phrase\": \"the second\"}");
      Answer third = studio.post("/api/jobs", "{\"phrase\": \"the third\"}");

      assertThat(second.status()).isEqualTo(202);
      for (Answer full : new Answer[] {several, third}) {
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.json().at("/error/code").stringValue()).isEqualTo("full");
        assertThat(Integer.parseInt(full.header("Retry-After"))).isPositive();
      }
      assertThat(studio.get("/api/status").json().get("queued").intValue()).isEqualTo(2);
    }
  }
}
