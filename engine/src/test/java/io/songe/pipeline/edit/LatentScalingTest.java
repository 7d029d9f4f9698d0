package io.songe.pipeline.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.TinyModel;
import io.songe.format.SafetensorsFile;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are of tools/golden/editing.py. */
class LatentScalingTest {
  /** The reference adds in another order, in single precision. */
  private static final double TOLERANCE = 3e-6;

  @ParameterizedTest
  @EnumSource(LatentScaling.class)
  void larger_and_smaller_latents_are_the_references(LatentScaling scaling) {
    String name = scaling.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    try (SafetensorsFile golden = TinyModel.golden("editing");
        Scope _ = Scope.open()) {
      Tensor latents = golden.get("latents").toTensor();
      for (int[] size : new int[][] {{12, 10}, {9, 13}, {4, 3}}) {
        Tensor expected = golden.get(name + "." + size[0] + "x" + size[1]).toTensor();

        Tensor actual = scaling.apply(latents, size[0], size[1]);

        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.minus(expected).abs().reshape(-1).max(0).item())
            .as("%s to %dx%d", name, size[0], size[1])
            .isLessThan(TOLERANCE);
      }
    }
  }
}
