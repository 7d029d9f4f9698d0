package io.songe.train.autoencoder;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.ModelParts;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What an autoencoder begins as: numbers at random, or another autoencoder.
 *
 * @param config its sizes, with the scale of the other autoencoder or 1
 * @param tensors its numbers, in memory of their own, FLOAT32
 * @param described what a run's configuration says of it
 */
record StartingPoint(
    AutoencoderTinyConfig config,
    SequencedMap<String, StoredTensor> tensors,
    SequencedMap<String, Object> described) {

  /** Numbers at random. */
  static StartingPoint random(AutoencoderRecipe recipe) {
    if (recipe.learned() == Learned.DECODER) {
      throw new InvalidRequestException(
          "a decoder alone can only be trained further: say which autoencoder it is of");
    }
    AutoencoderTinyConfig config = recipe.network();
    try (Weights weights = Weights.initial(config::build, Initialization.of(recipe.seed()));
        Scope _ = Scope.open()) {
      SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
      weights
          .variables()
          .forEach((name, variable) ->
              tensors.put(name, copy(name, Beginning.of(name, variable.value()))));
      return new StartingPoint(config, tensors, sizes(config));
    }
  }

  /**
   * Another autoencoder.
   *
   * @param folder of it, of a model or of a run
   * @throws InvalidRequestException if it is of a kind that is not trained here
   * @throws io.songe.error.BrokenFileException if it cannot be read
   */
  static StartingPoint of(Path folder) {
    try (AutoencoderFolder opened = AutoencoderFolder.open(folder, DType.FLOAT32);
        Scope _ = Scope.open()) {
      ModelParts.Network<AutoencoderConfig> part = opened.part();
      AutoencoderTinyConfig config =
          switch (part.config()) {
            case AutoencoderTinyConfig tiny -> tiny;
            case AutoencoderKlConfig _ ->
                throw new InvalidRequestException(
                    "%s: an AutoencoderKL is not trained further, only an AutoencoderTiny is"
                        .formatted(FileLabel.ofFolder(folder).text()));
          };
      SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
      part.tensors().forEach((name, stored) -> tensors.put(name, copy(name, stored.toTensor())));
      SequencedMap<String, Object> described = sizes(config);
      described.put("from", opened.sha256());
      return new StartingPoint(config, tensors, described);
    }
  }

  /** A tensor with memory of its own. */
  static StoredTensor copy(String name, Tensor value) {
    Tensor whole = value.to(DType.FLOAT32);
    return new StoredTensor(
        name, DType.FLOAT32, whole.shape(), MemorySegment.ofArray(whole.toBytes()));
  }

  private static SequencedMap<String, Object> sizes(AutoencoderTinyConfig config) {
    SequencedMap<String, Object> sizes = new LinkedHashMap<>();
    sizes.put("image_channels", config.imageChannels());
    sizes.put("latent_channels", config.latentChannels());
    sizes.put("encoder_channels", config.encoderChannels());
    sizes.put("encoder_blocks", config.encoderBlocks());
    sizes.put("decoder_channels", config.decoderChannels());
    sizes.put("decoder_blocks", config.decoderBlocks());
    return sizes;
  }

  /** The network's sizes with the scale that it is trained with. */
  AutoencoderTinyConfig unscaled() {
    return scaled(LatentScale.of(1));
  }

  /** The network's sizes with a scale. */
  AutoencoderTinyConfig scaled(LatentScale scale) {
    return new AutoencoderTinyConfig(
        config.imageChannels(),
        config.latentChannels(),
        config.encoderChannels(),
        config.encoderBlocks(),
        config.decoderChannels(),
        config.decoderBlocks(),
        scale);
  }

  /**
   * The network's weights.
   *
   * @param changed tensors that take the place of some or all of these
   * @return weights, to be closed
   */
  Weights weights(Map<String, StoredTensor> changed) {
    try (Scope _ = Scope.open()) {
      SequencedMap<String, Tensor> values = new LinkedHashMap<>();
      with(changed).forEach((name, stored) -> values.put(name, stored.toTensor()));
      return Weights.of(values);
    }
  }

  /** These tensors, some or all replaced. */
  SequencedMap<String, StoredTensor> with(Map<String, StoredTensor> changed) {
    SequencedMap<String, StoredTensor> all = new LinkedHashMap<>(tensors);
    all.putAll(changed);
    return all;
  }
}
