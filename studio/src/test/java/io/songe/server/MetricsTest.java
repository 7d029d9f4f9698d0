package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void requests_are_counted_by_door_and_status() {
    try (Server server = Server.start("127.0.0.1", 0, List.of(new EchoDoor()), true)) {
      Client client = new Client(server.port());
      client.get("/echo/user");
      client.get("/echo/user");
      client.get("/echo/wrong");
      client.get("/");

      HttpResponse<String> answer = client.get("/metrics");

      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(answer.body().lines())
          .contains(
              "# TYPE songe_requests_total counter",
              "songe_requests_total{door=\"/echo/\",status=\"200\"} 2",
              "songe_requests_total{door=\"/echo/\",status=\"400\"} 1",
              "songe_requests_total{door=\"/\",status=\"200\"} 1",
              "songe_request_seconds_count{door=\"/echo/\"} 3",
              "songe_request_seconds_bucket{door=\"/echo/\",le=\"+Inf\"} 3");
    }
  }

  @Test
  void the_buckets_of_a_histogram_add_up() {
    Metrics metrics = new Metrics(List.of(), List.of());
    metrics.answered("/", 200, false, 2_000_000);
    metrics.answered("/", 200, false, 300_000_000);
    metrics.answered("/", 200, false, 90_000_000_000L);

    assertThat(metrics.text().lines())
        .contains(
            "songe_request_seconds_bucket{door=\"/\",le=\"0.001\"} 0",
            "songe_request_seconds_bucket{door=\"/\",le=\"0.005\"} 1",
            "songe_request_seconds_bucket{door=\"/\",le=\"0.5\"} 2",
            "songe_request_seconds_bucket{door=\"/\",le=\"60.0\"} 2",
            "songe_request_seconds_bucket{door=\"/\",le=\"+Inf\"} 3",
            "songe_request_seconds_sum{door=\"/\"} 90.302000");
  }

  @Test
  void a_stream_is_counted_and_not_timed() {
    Metrics metrics = new Metrics(List.of(), List.of());

    metrics.answered("/", 200, true, 60_000_000_000L);

    assertThat(metrics.text())
        .contains("songe_requests_total{door=\"/\",status=\"200\"} 1")
        .doesNotContain("songe_request_seconds_count");
  }

  @Test
  void what_others_know_is_told_by_label() {
    Metrics.Measure jobs =
        new Metrics.Measure(
            "songe_jobs", "gauge", "Jobs.", "state", () -> Map.of("queued", 3, "odd\"one", 1));
    Metrics metrics =
        new Metrics(
            List.of(),
            List.of(jobs, Metrics.Measure.of("songe_x_total", "counter", "X.", () -> 7L)));

    assertThat(metrics.text().lines())
        .containsSubsequence(
            "# HELP songe_jobs Jobs.",
            "# TYPE songe_jobs gauge",
            "songe_jobs{state=\"odd\\\"one\"} 1",
            "songe_jobs{state=\"queued\"} 3",
            "# TYPE songe_x_total counter",
            "songe_x_total 7");
  }

  @Test
  void health_is_a_word() {
    try (Server server = Server.start("127.0.0.1", 0, List.of(), false)) {
      assertThat(new Client(server.port()).get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    }
  }
}
