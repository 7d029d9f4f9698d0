package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Estimates beside what was measured, and refusals. */
class MemoryNeedTest {
  private static final UNetConfig UNET = UNetConfig.stableDiffusion1();
  private static final AutoencoderKlConfig AUTOENCODER = AutoencoderKlConfig.stableDiffusion1();

  /** Measured at 512x512 in BFLOAT16: 410 MB for a step with guidance, 270 MB for decoding. */
  @Test
  void the_estimate_is_what_was_measured_or_a_little_more() {
    long bytes = MemoryNeed.ofPicture(UNET, AUTOENCODER, DType.BFLOAT16, 512, 512);

    assertThat(bytes).isBetween(410_000_000L, 600_000_000L);
  }

  @Test
  void four_times_the_pixels_need_four_times_as_much() {
    long small = MemoryNeed.ofPicture(UNET, AUTOENCODER, DType.FLOAT32, 256, 512);
    long large = MemoryNeed.ofPicture(UNET, AUTOENCODER, DType.FLOAT32, 512, 1024);

    assertThat(large).isEqualTo(4 * small);
  }

  @Test
  void what_there_is_no_memory_for_is_refused_with_both_figures_and_advice() {
    OptionalLong available = OptionalLong.of(2_100_000_000L);

    assertThatThrownBy(() ->
            MemoryNeed.require(
                "a picture of 2048x2048", 5_340_000_000L, available, ", ask for a smaller one"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a picture of 2048x2048 needs about 5.3 GB of memory, and 2.1 GB are available; close"
                + " other programs, ask for a smaller one");
  }

  @Test
  void nothing_is_refused_where_the_system_does_not_tell() {
    assertThatCode(() -> MemoryNeed.require("a picture", Long.MAX_VALUE, OptionalLong.empty(), ""))
        .doesNotThrowAnyException();
  }

  @Test
  void a_picture_larger_than_this_machine_is_refused() {
    if (NativeMemory.available().isEmpty()) {
      return; // only Linux tells
    }

    assertThatThrownBy(
            () -> MemoryNeed.requireForPicture(UNET, AUTOENCODER, DType.FLOAT32, 1 << 20, 1 << 20))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a picture of 1048576x1048576 needs about");
  }
}
