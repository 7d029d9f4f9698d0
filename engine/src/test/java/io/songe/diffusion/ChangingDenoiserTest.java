package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.sampler.Euler;
import io.songe.diffusion.sampler.StepListener;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangingDenoiserTest {
  private static final Sigmas SIGMAS = Sigmas.of(8, 4, 2, 1, 0);

  @Test
  void each_step_of_a_sampler_asks_its_own_denoiser() {
    List<Integer> asked = new ArrayList<>();
    List<Denoiser> denoisers =
        IntStream.range(0, 4)
            .mapToObj(step ->
                (Denoiser)
                    (x, sigma) -> {
                      asked.add(step);
                      return x;
                    })
            .toList();

    try (Scope _ = Scope.open()) {
      new Euler()
          .sample(
              new ChangingDenoiser(SIGMAS, denoisers),
              Tensor.zeros(1, 1, 2, 2),
              SIGMAS,
              NoiseSource.torch(1),
              StepListener.none());
    }

    assertThat(asked).containsExactly(0, 1, 2, 3);
  }

  @Test
  void too_few_denoisers_are_refused() {
    assertThatThrownBy(() -> new ChangingDenoiser(SIGMAS, List.of((x, _) -> x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("each step has a denoiser, got 1 for 4");
  }
}
