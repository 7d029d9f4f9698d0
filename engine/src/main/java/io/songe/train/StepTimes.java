package io.songe.train;

import java.util.Map;

/** Where the time of one step goes. */
final class StepTimes {
  private static final double MILLISECOND = 1e6;

  private long data;
  private long forward;
  private long backward;
  private long optimizer;

  /** Computes a loss. */
  Loss forward(Player player, long step, int part, int parts) {
    long begin = System.nanoTime();
    Loss loss = player.loss(step, part, parts);
    long all = System.nanoTime() - begin;
    long fetching = Math.min(all, player.dataTime().toNanos());
    data += fetching;
    forward += all - fetching;
    return loss;
  }

  /** Follows a loss back. */
  void backward(Runnable work) {
    backward += took(work);
  }

  /** Changes the variables. */
  void optimizer(Runnable work) {
    optimizer += took(work);
  }

  private static long took(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return System.nanoTime() - begin;
  }

  /** Adds the times in milliseconds, by column. */
  void addTo(Map<String, Double> columns) {
    columns.put("data_ms", data / MILLISECOND);
    columns.put("forward_ms", forward / MILLISECOND);
    columns.put("backward_ms", backward / MILLISECOND);
    columns.put("optimizer_ms", optimizer / MILLISECOND);
  }
}
