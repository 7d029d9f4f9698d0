package io.songe.model.unet;

import io.songe.diffusion.Conditioning;
import io.songe.error.EngineException;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import java.util.List;

/** What is added to the time embedding. */
@FunctionalInterface
interface AddedEmbedding {
  /**
   * The time and what else was given.
   *
   * @param time [batch, time width]
   * @return as time
   */
  Tensor addTo(Tensor time, Conditioning given);

  /** The embedding that a configuration asks for; {@code p} is at the network. */
  static AddedEmbedding of(UNetConfig config, Parameters p) {
    return switch (config.added()) {
      case Added.None _ -> AddedEmbedding::nothing;
      case Added.PooledText(int heads) -> pooledText(config, heads, p);
      case Added.TextTime(int numberWidth, int inputWidth) ->
          textTime(config, numberWidth, inputWidth, p);
      case Added.TimedLabel _ -> timedLabel(config, p);
      case Added.VectorLabel(int inputWidth) -> vectorLabel(config, inputWidth, p);
    };
  }

  private static Tensor nothing(Tensor time, Conditioning given) {
    requireNothing(given);
    return time;
  }

  private static void requireNothing(Conditioning given) {
    if (!(given.added() instanceof Conditioning.Added.None)) {
      throw wrong("nothing", given);
    }
  }

  private static AddedEmbedding pooledText(UNetConfig config, int heads, Parameters p) {
    DType dtype = p.dtype();
    TextTimeEmbedding text =
        new TextTimeEmbedding(
            config.contextWidth(), config.timeWidth(), heads, p.in("add_embedding"));
    return (time, given) -> {
      requireNothing(given);
      return time.plus(text.forward(given.context().to(dtype)));
    };
  }

  private static AddedEmbedding textTime(
      UNetConfig config, int numberWidth, int inputWidth, Parameters p) {
    DType dtype = p.dtype();
    Sinusoids sinusoids = new Sinusoids(numberWidth, config.waves());
    TimestepEmbedding embedding =
        new TimestepEmbedding(inputWidth, config.timeWidth(), p.in("add_embedding"));
    return (time, given) -> {
      if (!(given.added() instanceof Conditioning.Added.TextTime(Tensor pooled, Tensor numbers))) {
        throw wrong("the pooled text and numbers about the picture", given);
      }
      // [batch * numbers, number width] -> [batch, numbers * number width]
      Tensor waves = sinusoids.of(numbers.reshape(-1)).reshape(numbers.dim(0), -1);
      Tensor both = Tensor.concat(List.of(pooled, waves), 1);
      return time.plus(embedding.forward(both.to(dtype)));
    };
  }

  private static AddedEmbedding timedLabel(UNetConfig config, Parameters p) {
    DType dtype = p.dtype();
    int channels = config.levels().getFirst().channels();
    Sinusoids sinusoids = new Sinusoids(channels, config.waves());
    TimestepEmbedding embedding =
        new TimestepEmbedding(channels, config.timeWidth(), p.in("class_embedding"));
    return (time, given) -> time.plus(embedding.forward(sinusoids.of(label(given)).to(dtype)));
  }

  private static AddedEmbedding vectorLabel(UNetConfig config, int inputWidth, Parameters p) {
    DType dtype = p.dtype();
    TimestepEmbedding embedding =
        new TimestepEmbedding(inputWidth, config.timeWidth(), p.in("class_embedding"));
    return (time, given) -> time.plus(embedding.forward(label(given).to(dtype)));
  }

  private static Tensor label(Conditioning given) {
    if (given.added() instanceof Conditioning.Added.Label(Tensor label)) {
      return label;
    }
    throw wrong("a label", given);
  }

  private static EngineException wrong(String wanted, Conditioning given) {
    return new EngineException(
        "this U-Net needs " + wanted + " beside the text, and was given " + given.added());
  }
}
