package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.cli.TinyCheckpoint;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPoolTest {
  private static Path none(AppliedAdapter wanted) {
    throw new InvalidRequestException("there is no " + wanted.name());
  }

  private final Path folder;
  private final Path one;
  private final Path other;

  ModelPoolTest(@TempDir Path folder) {
    this.folder = folder;
    this.one = folder.resolve("one/folder");
    this.other = folder.resolve("other/folder");
  }

  private static ModelPool.Lease take(ModelPool pool, Path model) {
    return pool.take(model, Precision.FP32, List.of(), ModelPoolTest::none);
  }

  @BeforeEach
  void twoModels() throws IOException {
    for (String each : List.of("one", "other")) {
      TinyCheckpoint.unpackInto(Files.createDirectories(folder.resolve(each)));
    }
  }

  @Test
  void a_model_is_opened_once() {
    try (var pool = new ModelPool(Long.MAX_VALUE)) {
      TextToImage first;
      try (var lease = take(pool, one)) {
        first = lease.model();
      }

      try (var lease = take(pool, one)) {
        assertThat(lease.model()).isSameAs(first);
      }
    }
  }

  @Test
  void where_there_is_memory_for_both_models_stay_open() throws IOException {
    try (var pool = new ModelPool(Long.MAX_VALUE)) {
      take(pool, one).close();
      take(pool, other).close();
      take(pool, one).close();

      assertThat(pool.open()).containsExactly(other, one);
    }
  }

  @Test
  void where_there_is_memory_for_one_the_one_that_rests_is_closed() throws IOException {
    try (var pool = new ModelPool(1)) {
      take(pool, one).close();
      take(pool, other).close();

      assertThat(pool.open()).containsExactly(other);
    }
  }

  @Test
  void a_model_in_use_is_never_closed() throws IOException {
    try (var pool = new ModelPool(1);
        var inUse = take(pool, one)) {
      take(pool, other).close();

      assertThat(pool.open()).containsExactly(one, other);
      assertThat(inUse.model().card().name()).isEqualTo("folder");
    }
  }

  @Test
  void a_model_that_cannot_be_opened_is_forgotten() throws IOException {
    Files.writeString(other.resolve("scheduler/scheduler_config.json"), "{");
    try (var pool = new ModelPool(Long.MAX_VALUE)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> take(pool, other)).isInstanceOf(BrokenFileException.class);
      }

      assertThat(pool.open()).isEmpty();
    }
  }

  @Test
  void an_adapter_that_is_missing_leaves_the_model_as_it_was() {
    var missing = new AppliedAdapter(AppliedAdapter.LORA, "ink", 1, 1, "0".repeat(64));
    try (var pool = new ModelPool(Long.MAX_VALUE)) {
      assertThatThrownBy(
              () -> pool.take(one, Precision.FP32, List.of(missing), ModelPoolTest::none))
          .hasMessage("there is no ink");

      try (var lease = take(pool, one)) {
        assertThat(lease.model().card().name()).isEqualTo("folder");
      }
    }
  }

  @Test
  void who_waits_for_a_model_that_others_use_otherwise_can_be_interrupted() throws Exception {
    var ink = new AppliedAdapter(AppliedAdapter.LORA, "ink", 1, 1, "0".repeat(64));
    try (var pool = new ModelPool(Long.MAX_VALUE);
        var inUse = take(pool, one);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> waiting =
          threads.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(
                    () -> pool.take(one, Precision.FP32, List.of(ink), ModelPoolTest::none))
                .isInstanceOf(CancellationException.class);
          });

      waiting.get();
      assertThat(inUse.bytes()).isPositive();
    }
  }
}
