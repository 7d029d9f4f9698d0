package io.songe.model.vae;

import io.songe.model.Autoencoder;
import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The variational autoencoder of latent diffusion, with a slight pull of its latents towards the
 * normal distribution. Rombach et al. 2022, section 3.1 and appendix G; Kingma and Welling 2014.
 *
 * <p>A batch is worked off picture by picture: a single one fills the processor, and the memory
 * needed stays that of one.
 */
public final class AutoencoderKl implements Autoencoder {
  private static final long LARGE = 48 * 48;

  private final Geometry geometry;
  private final LatentScale scale;
  private final Encoder encoder;
  private final UnaryOperator<Tensor> quantConv;
  private final UnaryOperator<Tensor> postQuantConv;
  private final Decoder decoder;

  /**
   * An autoencoder.
   *
   * @param config its sizes
   * @param p its tensors: {@code encoder}, {@code decoder}, {@code quant_conv}, {@code
   *     post_quant_conv}
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  public AutoencoderKl(AutoencoderKlConfig config, Parameters p) {
    int moments = 2 * config.latentChannels();
    int latent = config.latentChannels();
    geometry = config.geometry();
    scale = config.scale();
    encoder = new Encoder(config, p.in("encoder"));
    quantConv =
        config.quantConv()
            ? new Conv2d(moments, moments, 1, p.in("quant_conv"))::forward
            : UnaryOperator.identity();
    postQuantConv =
        config.postQuantConv()
            ? new Conv2d(latent, latent, 1, p.in("post_quant_conv"))::forward
            : UnaryOperator.identity();
    decoder = new Decoder(config, p.in("decoder"));
  }

  /**
   * The distribution of raw latents, before {@link LatentScale}, that fit pictures.
   *
   * @param pictures {@code [batch, imageChannels, height, width]}, in [-1, 1]
   * @return a distribution over {@code [batch, latentChannels, height / factor, width / factor]}
   */
  public Posterior posterior(Tensor pictures) {
    geometry.requirePictures(pictures);
    return Posterior.of(
        onePictureAtATime(pictures, x -> quantConv.apply(encoder.forward(x)).to(DType.FLOAT32)));
  }

  @Override
  public Tensor encode(Tensor pictures) {
    return scale.fromRaw(posterior(pictures).mean());
  }

  @Override
  public Tensor encode(Tensor pictures, NoiseSource noise) {
    Posterior posterior = posterior(pictures);
    return scale.fromRaw(posterior.sample(noise.next(posterior.mean().shape())));
  }

  @Override
  public Tensor decode(Tensor latents) {
    geometry.requireLatents(latents);
    if (latents.dim(2) * latents.dim(3) >= LARGE) {
      NativeMemory.trim(); // the blocks that denoising left behind do not fit
    }
    return onePictureAtATime(scale.toRaw(latents), z -> decoder.forward(postQuantConv.apply(z)));
  }

  private static Tensor onePictureAtATime(Tensor batch, UnaryOperator<Tensor> network) {
    List<Tensor> results = new ArrayList<>();
    for (long i = 0; i < batch.dim(0); i++) {
      try (Scope scope = Scope.inner()) {
        results.add(scope.keep(network.apply(batch.slice(0, i, i + 1))));
      }
    }
    return results.size() == 1 ? results.getFirst() : Tensor.concat(results, 0);
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
