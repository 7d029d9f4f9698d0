package io.songe.model.vae;

import io.songe.model.Autoencoder;
import io.songe.nn.Parameters;
import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * An autoencoder that decodes by the decoder of an {@link AutoencoderTiny}, and encodes as another
 * one does: tiny decoders that imitate a model's own are also published alone.
 */
public final class TinyDecoding implements Autoencoder {
  private final Autoencoder other;
  private final Geometry geometry;
  private final LatentScale scale;
  private final TinyDecoder decoder;

  /**
   * An autoencoder.
   *
   * @param other encodes; of the same latents
   * @param config the sizes of the decoder
   * @param p the decoder's tensors, numbered
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  public TinyDecoding(Autoencoder other, AutoencoderTinyConfig config, Parameters p) {
    this.other = other;
    geometry = config.geometry();
    scale = config.scale();
    decoder = new TinyDecoder(config, p);
  }

  @Override
  public Tensor encode(Tensor pictures) {
    return other.encode(pictures);
  }

  @Override
  public Tensor encode(Tensor pictures, NoiseSource noise) {
    return other.encode(pictures, noise);
  }

  @Override
  public Tensor decode(Tensor latents) {
    geometry.requireLatents(latents);
    return decoder.forward(scale.toRaw(latents));
  }

  @Override
  public int imageChannels() {
    return geometry.imageChannels();
  }

  @Override
  public int latentChannels() {
    return geometry.latentChannels();
  }

  @Override
  public int factor() {
    return geometry.factor();
  }
}
