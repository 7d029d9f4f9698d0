package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.ImageTensors;
import io.songe.model.vae.AutoencoderTiny;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeginningTest {
  @Test
  void latents_and_copies_are_neither_lost_nor_out_of_range_at_first() {
    StartingPoint start = StartingPoint.random(AutoencoderRecipe.SMOKE);
    try (Weights weights = start.weights(Map.of());
        Scope _ = Scope.open()) {
      AutoencoderTiny network = start.unscaled().build(weights.parameters(DType.FLOAT32));

      Tensor latent = network.encode(ImageTensors.toTensor(Shapes.picture(1), 4));
      Tensor copy = network.decode(latent);

      assertThat(latent.square().mean().sqrt().item()).isBetween(.1, 2.0);
      assertThat(copy.plus(1).square().mean().sqrt().item()).isBetween(.05, 4.0);
    }
  }

  @Test
  void another_seed_is_another_beginning() {
    AutoencoderRecipe smoke = AutoencoderRecipe.SMOKE;
    AutoencoderRecipe other =
        new AutoencoderRecipe(
            smoke.channels(),
            smoke.latentChannels(),
            smoke.steps(),
            smoke.batch(),
            smoke.crop(),
            smoke.rate(),
            smoke.adversarialFrom(),
            smoke.learned(),
            smoke.seed() + 1,
            smoke.dtype());

    byte[] one = firstWeights(StartingPoint.random(smoke));
    byte[] two = firstWeights(StartingPoint.random(other));

    assertThat(one).isNotEqualTo(two).isEqualTo(firstWeights(StartingPoint.random(smoke)));
  }

  private static byte[] firstWeights(StartingPoint start) {
    return start.tensors().firstEntry().getValue().data().toArray(ValueLayout.JAVA_BYTE);
  }
}
