package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.Prediction;
import io.songe.model.HiddenLayer;
import io.songe.model.TextEncoder;
import io.songe.model.TextFeatures;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionUseTest {
  private static final Noising NOISING = new Noising(Toys.scheduler(new Prediction.Velocity()));

  @TempDir Path folder;
  private LatentShards samples;

  @BeforeEach
  void open() {
    samples = Toys.latents(folder.resolve("usual"), 30);
  }

  @AfterEach
  void close() {
    samples.close();
  }

  /** Hands the tokens on as features. */
  private static final class Reading implements TextEncoder {
    @Override
    public TextFeatures encode(Tensor ids, HiddenLayer layer) {
      Tensor tokens = ids.to(DType.FLOAT32).unsqueeze(2);
      return new TextFeatures(tokens, tokens.select(1, 0));
    }

    @Override
    public int vocabulary() {
      return Toys.tokenizer().vocabularySize();
    }

    @Override
    public int positions() {
      return Toys.tokenizer().maxLength();
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public int pooledWidth() {
      return 1;
    }
  }

  private static SequencedMap<String, Double> use(NoisePredictor network, LatentShards samples) {
    try (Scope _ = Scope.open()) {
      return CaptionUse.of(network, new Reading(), samples, NOISING);
    }
  }

  @Test
  void who_does_not_listen_saves_nothing() {
    assertThat(use((x, _, _) -> x.times(.5), samples))
        .containsOnlyKeys(
            "saved_by_caption_at_500", "saved_by_caption_at_700", "saved_by_caption_at_900")
        .allSatisfy((_, saved) -> assertThat(saved).isZero());
  }

  @Test
  void who_listens_saves_the_more_the_more_noise_there_is() {
    NoisePredictor listening = (_, _, given) -> meansOf(given.context()).times(-1);

    SequencedMap<String, Double> saved = use(listening, samples);

    assertThat(saved.firstEntry().getValue()).isGreaterThan(.05);
    assertThat(List.copyOf(saved.values())).isSorted();
    assertThat(use(listening, samples)).isEqualTo(saved);
  }

  /** Of the colours that are named, the mean latents. */
  private Tensor meansOf(Tensor tokens) {
    List<Tensor> means = new ArrayList<>();
    for (int i = 0; i < tokens.dim(0); i++) {
      float named = tokens.select(0, i).toFloats()[1];
      int[] same =
          IntStream.range(0, samples.size())
              .filter(
                  sample -> samples.tokens(new int[] {sample}, new int[1]).toLongs()[1] == named)
              .toArray();
      means.add(samples.latents(same).mean(0));
    }
    return Tensor.concat(means, 0);
  }

  @Test
  void captions_that_are_all_alike_are_not_measured() {
    CaptionedPicture.Row red =
        position ->
            new CaptionedPicture(
                Toys.picture(position).image(), List.of("rouge", "un"), OptionalInt.empty());
    LatentMaking making =
        new LatentMaking(Toys.recipe(9), red, Toys.tokenizer(), new Toys.Shrinking());

    try (LatentShards alike = making.make(folder.resolve("alike"), 1, _ -> {})) {
      assertThat(use((x, _, _) -> x, alike)).isEmpty();
    }
  }
}
