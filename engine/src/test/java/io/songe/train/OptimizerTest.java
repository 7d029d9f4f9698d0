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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten steps of clipping and AdamW, and of Muon, against PyTorch's: tools/golden/gradients.py. */
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

  /** The reference orthogonalizes in BFLOAT16, and was made to do it in FLOAT32 too. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-4", "BFLOAT16, 1e-2"})
  void ten_steps_of_muon_go_where_those_of_the_reference_go(DType dtype, double tolerance) {
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> golden = GoldenGradients.numbers("muon", "", temporary);
      Map<String, Tensor> start = startingWith("start.", golden);
      Map<String, Tensor> end = startingWith(dtype.name().toLowerCase(Locale.ROOT) + ".", golden);
      try (Weights weights = Weights.of(start);
          Muon muon =
              new Muon(
                  weights.variables(),
                  start.keySet(),
                  new Muon.Options(.95, .1, dtype, AdamW.Options.USUAL))) {
        for (int step = 0; step < 10; step++) {
          Map<String, Tensor> gradients = startingWith("gradient" + step + ".", golden);
          weights
              .variables()
              .forEach(
                  (name, variable) -> lead(Objects.requireNonNull(gradients.get(name)), variable));
          muon.step(step, .01 * (step + 1));
          weights.variables().values().forEach(Variable::clearGradient);
        }

        weights
            .variables()
            .forEach((name, variable) -> {
              Tensor begun = Objects.requireNonNull(start.get(name));
              Tensor way = Objects.requireNonNull(end.get(name)).minus(begun);
              Tensor off = variable.value().minus(begun).minus(way);
              assertThat(length(off) / length(way)).as(name).isLessThan(tolerance);
            });
      }
    }
  }

  @Test
  void muon_leaves_what_is_no_hidden_matrix_to_adamw() {
    try (Scope _ = Scope.open();
        Weights weights =
            Weights.of(
                Map.of(
                    "matrix", Tensor.full(1, 2, 3),
                    "embedding", Tensor.full(1, 2, 3),
                    "row", Tensor.full(1, 1, 3),
                    "column", Tensor.full(1, 3, 1),
                    "bias", Tensor.full(1, 3)));
        Muon muon =
            new Muon(
                weights.variables(),
                Set.of("matrix", "row", "column", "bias"),
                Muon.Options.usual(DType.FLOAT32))) {
      assertThat(muon.firstMoments())
          .containsOnlyKeys("matrix", "embedding", "row", "column", "bias");
      assertThat(muon.secondMoments()).containsOnlyKeys("embedding", "row", "column", "bias");
    }
  }

  @Test
  void a_matrix_without_a_gradient_is_named_before_anything_is_changed() {
    try (Scope _ = Scope.open();
        Weights weights =
            Weights.of(Map.of("used", Tensor.full(1, 3), "idle", Tensor.full(1, 2, 3)));
        Muon muon =
            new Muon(weights.variables(), Set.of("idle"), Muon.Options.usual(DType.FLOAT32))) {
      Variable used = Objects.requireNonNull(weights.variables().get("used"));
      lead(Tensor.full(1, 3), used);

      assertThatThrownBy(() -> muon.step(0, .1))
          .isInstanceOf(EngineException.class)
          .hasMessage("idle has no gradient: the loss does not depend on it");
      assertThat(used.value().toFloats()).containsOnly(1);
    }
  }

  private static double length(Tensor tensor) {
    return tensor.square().sum().sqrt().item();
  }

  private static void lead(Tensor gradient, Variable variable) {
    try (Scope _ = Scope.withGradients()) {
      Variable.backward(variable.value().times(gradient).sum());
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
