package io.songe.server;

import io.javalin.config.RoutesConfig;

/** What a supervisor asks: whether the server answers, and what it counts. */
final class Health {
  static final String PATH = "/health";

  private final Metrics metrics;

  Health(Metrics metrics) {
    this.metrics = metrics;
  }

  void addTo(RoutesConfig routes) {
    routes.get(
        PATH,
        context ->
            context
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result("{\"status\":\"ok\"}"));
    routes.get(
        "/metrics",
        context ->
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.text()));
  }
}
