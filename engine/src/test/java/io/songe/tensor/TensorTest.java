package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void numbers_come_back_as_they_went_in() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

      assertThat(x.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(x.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(x.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    }
  }

  @Test
  void operations_leave_their_operands_alone() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, -2, 3});

      Tensor y = x.times(2).plus(x).clamp(-4, 4);

      assertThat(y.toFloats()).containsExactly(3, -4, 4);
      assertThat(x.toFloats()).containsExactly(1, -2, 3);
    }
  }

  @Test
  void shapes_that_do_not_fit_are_named_with_the_operation() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 3);
      Tensor y = Tensor.zeros(4, 5);

      assertThatThrownBy(() -> x.matmul(y))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("matmul of Tensor[2, 3] FLOAT32, Tensor[4, 5] FLOAT32");
    }
  }

  @Test
  void memory_of_somebody_else_is_read_without_a_copy() {
    try (Arena arena = Arena.ofConfined();
        Scope _ = Scope.open()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4);
      Tensor x = Tensor.fromMemory(memory, DType.FLOAT32, Shape.of(2, 2));

      memory.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 40);

      assertThat(x.toFloats()).containsExactly(1, 2, 3, 40);
    }
  }

  @Test
  void memory_that_is_too_small_is_refused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(15);

      assertThatThrownBy(() -> Tensor.fromMemory(memory, DType.FLOAT32, Shape.of(2, 2)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("[2, 2] of FLOAT32 needs 16 bytes, got 15");
    }
  }

  @Test
  void a_kept_tensor_outlives_its_scope_and_the_rest_does_not() {
    try (Scope _ = Scope.open()) {
      AtomicReference<Tensor> lost = new AtomicReference<>();
      Tensor kept;

      try (Scope inner = Scope.open()) {
        lost.set(Tensor.full(1, 3));
        kept = inner.keep(Tensor.full(2, 3));
      }

      assertThat(kept.toFloats()).containsExactly(2, 2, 2);
      assertThatThrownBy(() -> lost.get().plus(1)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void an_owner_keeps_tensors_until_it_is_closed() {
    TensorOwner owner = new TensorOwner();
    Tensor owned;
    try (Scope _ = Scope.open()) {
      owned = owner.own(Tensor.full(2, 3));
    }

    try (Scope _ = Scope.open()) {
      assertThat(owned.toFloats()).containsExactly(2, 2, 2);
    }
    owner.close();

    assertThatThrownBy(owned::shape).isInstanceOf(RuntimeException.class);
  }

  @Test
  void scopes_free_what_was_made_inside() {
    long before = residentBytes();

    for (int i = 0; i < 400; i++) {
      try (Scope _ = Scope.open()) {
        assertThat(Tensor.full(i, 1 << 22).mean().item()).isEqualTo(i);
      }
    }

    assertThat(residentBytes() - before).isLessThan(600L << 20); // 400 x 16 MiB were made
  }

  private static long residentBytes() {
    try {
      String pages = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/statm"));
      return Long.parseLong(List.of(pages.split(" ")).get(1)) * 4096;
    } catch (java.io.IOException notLinux) {
      return 0;
    }
  }

  @Test
  void virtual_threads_are_refused() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();

    Thread.ofVirtual()
        .start(() -> {
          try (Scope _ = Scope.open()) {
            thrown.set(new AssertionError("a virtual thread opened a scope"));
          } catch (EngineException refused) {
            thrown.set(refused);
          }
        })
        .join();

    assertThat(thrown.get()).hasMessageContaining("platform threads");
  }

  /** The numbers are torch.Generator("cpu").manual_seed(0)'s, from tools/golden/noise.py. */
  @Test
  void the_normal_generator_gives_the_numbers_of_pytorch() {
    try (Scope _ = Scope.open()) {
      float[] few = new NormalGenerator(0).next(Shape.of(4)).toFloats();
      float[] many = new NormalGenerator(0).next(Shape.of(1, 4, 4, 4)).toFloats();

      assertThat(few[0]).isCloseTo(1.5409961f, within(1e-6f));
      assertThat(few[1]).isCloseTo(-0.2934289f, within(1e-6f));
      assertThat(many[0]).isCloseTo(-1.1258398f, within(1e-6f));
      assertThat(many[1]).isCloseTo(-1.1523602f, within(1e-6f));
    }
  }

  @Test
  void a_symmetric_matrix_is_put_together_again_by_its_eigenvectors() {
    try (Scope _ = Scope.open()) {
      Tensor matrix = Tensor.of(new float[] {2, 1, 0, 1, 2, 1, 0, 1, 2}, 3, 3).to(DType.FLOAT64);

      SymmetricEigen eigen = SymmetricEigen.of(matrix);
      Tensor again = eigen.vectors().times(eigen.values()).matmul(eigen.vectors().transpose(0, 1));

      assertThat(eigen.values().to(DType.FLOAT32).toFloats())
          .containsExactly(new float[] {.58579f, 2, 3.41421f}, within(1e-4f));
      assertThat(again.minus(matrix).abs().max(0, 1).item()).isLessThan(1e-12);
      assertThat(eigen.root().matmul(eigen.root()).minus(matrix).abs().max(0, 1).item())
          .isLessThan(1e-12);
    }
  }

  @Test
  void eigenvalues_of_what_is_no_square_are_refused() {
    try (Scope _ = Scope.open()) {
      Tensor matrix = Tensor.zeros(2, 3);

      assertThatThrownBy(() -> SymmetricEigen.of(matrix))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("[2, 3]");
    }
  }

  @Test
  void targets_of_a_cross_entropy_may_be_shared_among_classes() {
    try (Scope _ = Scope.open()) {
      Tensor logits = Tensor.of(new float[] {1000, 0, 0, 1000}, 2, 2);
      Tensor even = Tensor.of(new float[] {.5f, .5f, .5f, .5f}, 2, 2);
      Tensor right = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);

      assertThat(Functional.crossEntropy(Tensor.zeros(2, 2), even).item())
          .isCloseTo(Math.log(2), within(1e-6));
      assertThat(Functional.crossEntropy(logits, right).item()).isCloseTo(0, within(1e-6));
      assertThat(Functional.crossEntropy(logits, even).item()).isCloseTo(500, within(1e-3));
    }
  }
}
