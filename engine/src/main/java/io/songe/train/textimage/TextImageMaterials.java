package io.songe.train.textimage;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.ModelParts;
import io.songe.checkpoint.StoredTokenizer;
import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.diffusion.Prediction;
import io.songe.error.InvalidRequestException;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.LatentScale;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a text-to-image model is made of. Whoever opened the parts closes them, after the training.
 *
 * @param corpus the drawings
 * @param autoencoder between pictures and latents, opened to compute in the plan's type
 * @param tokenizer of captions
 * @param from the model as which the networks begin; empty for networks that know nothing
 */
public record TextImageMaterials(
    Corpus corpus,
    AutoencoderFolder autoencoder,
    StoredTokenizer tokenizer,
    Optional<ModelParts> from) {
  /**
   * Refuses what does not go together, before any work.
   *
   * @param plan what shall be made of it
   * @throws InvalidRequestException that says what does not fit what
   */
  void requireFit(TextImagePlan plan) {
    plan.latents().groups().requireIn(corpus.drawings());
    int side = plan.latents().side();
    int factor = autoencoder.network().factor();
    if (side < 1 || corpus.side() % side != 0) {
      throw new InvalidRequestException(
          "the corpus's pictures of side %d cannot be shrunk to %d by whole pixels; choose a side that divides theirs"
              .formatted(corpus.side(), side));
    }
    int halvings = levels(plan) - 1;
    if (side % (factor << halvings) != 0) {
      throw new InvalidRequestException(
          "the autoencoder and a U-Net of %d levels need a side that is a multiple of %d, got %d"
              .formatted(halvings + 1, factor << halvings, side));
    }
    int channels = autoencoder.network().imageChannels();
    if (channels != 3 && channels != 4) {
      throw new InvalidRequestException(
          "the autoencoder makes pictures of %d channels; 3 are colours, and 4 colours and coverage"
              .formatted(channels));
    }
    from.ifPresent(model -> requireFit(model, plan));
  }

  private void requireFit(ModelParts model, TextImagePlan plan) {
    Prediction known = model.scheduler().prediction();
    Prediction wanted = plan.learning().scheduler().prediction();
    if (!wanted.equals(known)) {
      throw new InvalidRequestException(
          "the model to begin from predicts %s, and cannot go on to learn %s; leave the prediction as it is"
              .formatted(known.getClass().getSimpleName(), wanted.getClass().getSimpleName()));
    }
    ClipTextConfig text = model.textEncoders().getFirst().config();
    if (tokenizer.tokenizer().vocabularySize() > text.vocabulary()
        || tokenizer.tokenizer().maxLength() > text.positions()) {
      throw new InvalidRequestException(
          "the tokenizer gives %d of %d tokens at a time, and the model to begin from reads %d of %d; use the model's own"
              .formatted(
                  tokenizer.tokenizer().maxLength(),
                  tokenizer.tokenizer().vocabularySize(),
                  text.positions(),
                  text.vocabulary()));
    }
    int latent = autoencoder.network().latentChannels();
    if (model.unet().config().inputChannels() != latent) {
      throw new InvalidRequestException(
          "the model to begin from works on latents of %d channels, and the autoencoder's have %d"
              .formatted(model.unet().config().inputChannels(), latent));
    }
  }

  private int levels(TextImagePlan plan) {
    return from.map(model -> model.unet().config().levels().size())
        .orElse(plan.sizes().channels().size());
  }

  /**
   * {@return whether some drawings show the same thing} Otherwise, as in a folder of somebody's
   * pictures, there is nothing but the pictures themselves that words could be the names of.
   */
  boolean hasConcepts() {
    long concepts = corpus.drawings().stream().map(Drawing::concept).distinct().count();
    return concepts < corpus.drawings().size();
  }

  /** The networks before any step. */
  TextImageNetworks networks(TextImagePlan plan) {
    return from.map(TextImageNetworks::of)
        .orElseGet(() ->
            TextImageNetworks.initial(
                plan.sizes().text(tokenizer.tokenizer()),
                plan.sizes().unet(autoencoder.network().latentChannels()),
                plan.learning().seed()));
  }

  /** {@return what latents are made of under a plan} */
  LatentRecipe recipe(TextImagePlan plan) {
    return plan.latents()
        .recipe(
            corpus.sha256(),
            Fingerprint.of(autoencoder.part()) + " in " + plan.learning().dtype(),
            tokenizer.sha256());
  }

  /** The autoencoder, such that its latents are so many times what they were. */
  ModelParts.Network<AutoencoderConfig> autoencoder(double scale) {
    ModelParts.Network<AutoencoderConfig> part = autoencoder.part();
    LatentScale own = part.config().scale();
    return new ModelParts.Network<>(
        part.config().withScale(new LatentScale(own.factor() * scale, own.shift())),
        part.tensors());
  }

  /** {@return everything that the steps depend on, as a run's configuration says it} */
  SequencedMap<String, Object> config(TextImagePlan plan) {
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    config.put("task", "diffusion");
    config.put("corpus", corpus.sha256());
    config.put("autoencoder", Fingerprint.of(autoencoder.part()));
    config.put("tokenizer", tokenizer.sha256());
    if (from.isPresent()) {
      config.put("from_text_encoder", Fingerprint.of(from.get().textEncoders().getFirst()));
      config.put("from_unet", Fingerprint.of(from.get().unet()));
    } else {
      config.put("channels", plan.sizes().channels());
      config.put("attends", plan.sizes().attends());
      config.put("text_width", plan.sizes().textWidth());
      config.put("text_layers", plan.sizes().textLayers());
    }
    config.putAll(plan.config());
    return config;
  }
}
