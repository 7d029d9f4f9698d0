package io.songe.model.vae;

import io.songe.model.Autoencoder;
import io.songe.nn.Parameters;
import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * A small autoencoder of plain residual blocks, without normalization, attention or randomness: one
 * latent for a picture. The architecture is that of TAESD (O. Boer Bohan, 2023), which imitates the
 * autoencoder of Stable Diffusion at a hundredth of its cost.
 */
public final class AutoencoderTiny implements Autoencoder {
  private final Geometry geometry;
  private final LatentScale scale;
  private final TinyEncoder encoder;
  private final TinyDecoder decoder;

  /**
   * An autoencoder.
   *
   * @param config its sizes
   * @param p its tensors: {@code encoder.layers} and {@code decoder.layers}, numbered
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  public AutoencoderTiny(AutoencoderTinyConfig config, Parameters p) {
    geometry = config.geometry();
    scale = config.scale();
    encoder = new TinyEncoder(config, p.in("encoder.layers"));
    decoder = new TinyDecoder(config, p.in("decoder.layers"));
  }

  @Override
  public Tensor encode(Tensor pictures) {
    geometry.requirePictures(pictures);
    return scale.fromRaw(encoder.forward(pictures));
  }

  @Override
  public Tensor encode(Tensor pictures, NoiseSource noise) {
    return encode(pictures);
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
