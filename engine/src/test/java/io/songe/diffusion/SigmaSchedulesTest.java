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
    "DDIM, leading",
    "ddim_uniform, leading",
    "Exponential, exponential",
  })
  void names_of_a1111_and_comfyui_are_known(String name, String id) {
    assertThat(SigmaSchedules.get(name).id()).isEqualTo(id);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> SigmaSchedules.get("karas"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("unknown sigma schedule \"karas\"; did you mean Karras? Known are");
  }
}
