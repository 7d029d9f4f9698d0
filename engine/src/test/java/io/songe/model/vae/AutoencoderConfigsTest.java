package io.songe.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoencoderConfigsTest {
  @Test
  void sdxl_differs_from_its_predecessor_in_the_scale_alone() {
    AutoencoderKlConfig first = AutoencoderKlConfig.stableDiffusion1();
    AutoencoderKlConfig xl = AutoencoderKlConfig.stableDiffusionXl();

    assertThat(xl.scale()).isEqualTo(LatentScale.of(0.13025));
    assertThat(xl).usingRecursiveComparison().ignoringFields("scale").isEqualTo(first);
  }

  @Test
  void a_width_that_the_groups_do_not_divide_is_refused() {
    assertThatThrownBy(() ->
            new AutoencoderKlConfig(
                3, 4, List.of(64, 100), 2, 32, true, true, true, true, LatentScale.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width of a level must be a multiple of the 32 groups, got [64, 100]");
  }

  @Test
  void an_autoencoder_without_channels_is_refused() {
    assertThatThrownBy(() ->
            new AutoencoderKlConfig(
                3, 0, List.of(32), 2, 32, true, true, true, true, LatentScale.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1")
        .hasMessageContaining("latent channels 0");
  }

  @Test
  void encoder_and_decoder_must_fit() {
    assertThatThrownBy(() ->
            new AutoencoderTinyConfig(
                3, 4, 64, List.of(1, 3, 3), 64, List.of(3, 3, 3, 1), LatentScale.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "encoder and decoder must have equally many levels, at least one, got blocks"
                + " [1, 3, 3] and [3, 3, 3, 1]");
  }

  @Test
  void a_scale_of_nothing_is_refused() {
    assertThatThrownBy(() -> LatentScale.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scaling factor is a number above 0, got 0.0");
    assertThatThrownBy(() -> LatentScale.of(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scaling factor is a number above 0, got NaN");
  }

  @Test
  void a_configuration_keeps_what_it_was_given() {
    List<Integer> blocks = new ArrayList<>(List.of(1, 1));
    var config = new AutoencoderTinyConfig(3, 4, 64, blocks, 64, blocks, LatentScale.of(1));

    blocks.add(1);

    assertThat(config.encoderBlocks()).containsExactly(1, 1);
    assertThat(config.decoderBlocks()).containsExactly(1, 1);
  }
}
