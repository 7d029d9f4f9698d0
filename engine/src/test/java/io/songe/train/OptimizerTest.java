package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.EngineException;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten steps of clipping and AdamW, against PyTorch's: tools/golden/gradients.py. */
class OptimizerTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir Path temporary;

  @Test
  void ten_steps_of_adamw_go_where_those_of_the_reference_go() {
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> golden = GoldenGradients.numbers("optimizer", "", temporary);
      List<Double> losses = new ArrayList<>();
      List<Double> norms = new ArrayList<>();

      try (Weights weights = Weights.of(startingWith("start.", golden));
          AdamW adamw = new AdamW(weights.variables(), new AdamW.Options(.9, .99, 1e-8, .1))) {
        for (int step = 0; step < 10; step++) {
          losses.add(followBack(weights, golden));
          norms.add(Variable.clipGradients(List.copyOf(weights.variables().values()), .5));
          adamw.step(step, .002 * (step + 1));
          weights.variables().values().forEach(Variable::clearGradient);
        }

        startingWith("end.", golden)
            .forEach((name, expected) -> {
              Variable variable = Objects.requireNonNull(weights.variables().get(name), name);
              // without any influence, the biases of keys follow the signs of roundings
              if (!name.endsWith("k_proj.bias")) {
                assertThat(GoldenGradients.distance(variable.value(), expected))
                    .as(name)
                    .isLessThan(TOLERANCE);
              }
            });
      }
      assertNear(losses, Objects.requireNonNull(golden.get("losses")));
      assertNear(norms, Objects.requireNonNull(golden.get("norms")));
    }
  }

  private static double followBack(Weights weights, Map<String, Tensor> golden) {
    try (Scope _ = Scope.withGradients()) {
      var encoder =
          new ClipTextEncoder(
              GradientsTest.clip(Activation.GELU), weights.parameters(DType.FLOAT32));
      Tensor ids = Objects.requireNonNull(golden.get("ids"));
      Tensor loss = GradientsTest.features(encoder, ids).minus(1).square().mean();
      Variable.backward(loss);
      return loss.item();
    }
  }

  private static Map<String, Tensor> startingWith(String prefix, Map<String, Tensor> golden) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    golden.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found;
  }

  private static void assertNear(List<Double> actual, Tensor expected) {
    float[] numbers = expected.toFloats();
    for (int i = 0; i < numbers.length; i++) {
      assertThat(actual.get(i)).isCloseTo(numbers[i], within(TOLERANCE));
    }
  }

  @Test
  void a_variable_that_the_loss_does_not_depend_on_is_named() {
    try (Variable used = Variable.of(Tensor.full(1, 1));
        Variable idle = Variable.of(Tensor.full(1, 1));
        AdamW adamw = new AdamW(Map.of("used", used, "idle", idle), AdamW.Options.USUAL);
        Scope _ = Scope.withGradients()) {
      Variable.backward(used.value().sum());

      assertThatThrownBy(() -> adamw.step(0, .1))
          .isInstanceOf(EngineException.class)
          .hasMessage("idle has no gradient: the loss does not depend on it");
      assertThat(used.value().item()).isEqualTo(1);
    }
  }

  @Test
  void an_average_forgets_its_beginning_fast_and_then_follows_slowly() {
    try (Scope _ = Scope.open();
        Variable followed = Variable.of(Tensor.full(0, 2));
        MovingAverage average = new MovingAverage(Map.of("x", followed), .999)) {
      followed.set(Tensor.full(1, 2));

      average.update(1);
      float afterOne = average.averages().firstEntry().getValue().value().toFloats()[0];
      average.update(1_000_000);
      float later = average.averages().firstEntry().getValue().value().toFloats()[0];

      assertThat(afterOne).isCloseTo(1 - 2f / 11, within(1e-6f));
      assertThat(later - afterOne).isCloseTo(.001f * (1 - afterOne), within(1e-6f));
    }
  }
}
