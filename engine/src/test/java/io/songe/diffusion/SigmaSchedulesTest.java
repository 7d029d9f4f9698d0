package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmaSchedulesTest {
  @ParameterizedTest
  @CsvSource({
    "Karras, karras",
    "SGM Uniform, sgm_uniform",
    "SGMUniform, sgm_uniform",
    "sgm_uniform, sgm_uniform",
    "KL Optimal, kl_optimal",
    "Uniform, normal",
    "DDIM, ddim",
    "ddim_uniform, ddim",
    "Exponential, exponential",
    "Beta, beta",
    "Align Your Steps, align_your_steps",
    "align_your_steps_GITS, align_your_steps_gits",
    "Turbo, trailing",
    "vp, vp",
  })
  void names_of_a1111_and_comfyui_are_known(String name, String id) {
    assertThat(SigmaSchedules.get(name).id()).isEqualTo(id);
  }

  @Test
  void comfyui_s_beta_has_a_row_though_a1111_s_has_the_name() {
    assertThat(SigmaSchedules.catalogue().rows())
        .filteredOn(row -> row.comfyId().equals("beta"))
        .singleElement()
        .isEqualTo(SigmaSchedules.get("Beta timesteps"));
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> SigmaSchedules.get("karas"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("unknown sigma schedule \"karas\"; did you mean Karras? Known are");
  }
}
