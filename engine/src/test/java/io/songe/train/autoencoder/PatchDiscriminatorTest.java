package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PatchDiscriminatorTest {
  private static Weights weights() {
    return Weights.initial(p -> new PatchDiscriminator(4, p), Initialization.of(1));
  }

  /** By tools/golden/autoencoder_training.py. */
  @Test
  void hinge_losses_are_those_of_the_reference() {
    try (Golden golden = new Golden();
        Scope _ = Scope.open()) {
      Tensor real = golden.get("real");
      Tensor forged = golden.get("forged");
      float[] expected = golden.get("hinge").toFloats();
      Offset<Float> rounding = Offset.offset(1e-6f);

      assertThat((float) PatchDiscriminator.mistakes(real, forged).item())
          .isCloseTo(expected[0], rounding);
      assertThat((float) PatchDiscriminator.exposure(forged).item())
          .isCloseTo(expected[1], rounding);
    }
  }

  @Test
  void a_patch_has_26_pixels() {
    try (Weights weights = weights();
        Scope _ = Scope.open()) {
      PatchDiscriminator expert = new PatchDiscriminator(4, weights.parameters(DType.FLOAT32));
      float[] blank = new float[4 * 64 * 64];
      float[] dotted = blank.clone();
      dotted[32 * 64 + 32] = 1;

      Tensor before = expert.forward(Tensor.of(blank, 1, 4, 64, 64));
      Tensor after = expert.forward(Tensor.of(dotted, 1, 4, 64, 64));

      assertThat(before.shape()).isEqualTo(Shape.of(1, 1, 16, 16));
      float[] changes = after.minus(before).abs().toFloats();
      int columns = 0;
      for (int x = 0; x < 16; x++) {
        columns += changes[8 * 16 + x] > 0 ? 1 : 0;
      }
      // of opinions 4 pixels apart, 6 or 7 see one pixel
      assertThat(columns).isBetween(6, 7);
    }
  }

  @Test
  void gradients_reach_all_weights_of_a_learning_expert_and_none_of_a_judging_one() {
    try (Weights weights = weights();
        Scope _ = Scope.withGradients();
        Variable picture = Variable.of(Tensor.full(.5, 1, 4, 16, 16))) {
      Adversary adversary = new Adversary(weights, 4, 0, DType.FLOAT32);

      Variable.backward(adversary.judging().forward(picture.value()).mean());
      assertThat(weights.variables().values()).allMatch(v -> v.gradient().isEmpty());
      assertThat(picture.gradient()).isPresent();

      Variable.backward(adversary.learning().forward(picture.value()).mean());
      assertThat(weights.variables().values()).allMatch(v -> v.gradient().isPresent());
    }
  }
}
