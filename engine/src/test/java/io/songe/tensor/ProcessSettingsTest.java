package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessSettingsTest {
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void native_code_sees_what_was_set_and_what_the_user_had_set() throws Throwable {
    Backend.load();

    assertThat(environment("OMP_WAIT_POLICY"))
        .isEqualTo(System.getenv().getOrDefault("OMP_WAIT_POLICY", "passive"));
    assertThat(environment("OPENBLAS_NUM_THREADS"))
        .isEqualTo(System.getenv().getOrDefault("OPENBLAS_NUM_THREADS", "1"));
    assertThat(environment("GOMP_SPINCOUNT"))
        .isEqualTo(System.getenv().getOrDefault("GOMP_SPINCOUNT", "20000"));
  }

  @Test
  void memory_is_not_limited_to_a_multiple_of_the_heap() {
    Backend.load();

    assertThat(System.getProperty("org.bytedeco.javacpp.maxBytes")).isEqualTo("0");
    assertThat(System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes")).isEqualTo("0");
  }

  /** The environment as C sees it; Java's is a copy from before. */
  private static String environment(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    var getenv =
        linker.downcallHandle(
            linker.defaultLookup().find("getenv").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
      return value.equals(MemorySegment.NULL) ? "" : value.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
