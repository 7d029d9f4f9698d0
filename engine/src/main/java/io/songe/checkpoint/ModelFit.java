package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.model.Autoencoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.text.ClipTokenizer;
import java.util.List;

/**
 * Refuses parts that are not of one model.
 *
 * @param label how messages call the model
 * @param family that the parts shall make
 */
record ModelFit(FileLabel label, ModelFamily family) {
  /** Numbers about a picture that XL's U-Nets are given. */
  private static final int SIZES = 6;

  private static final int SIZES_AND_SCORE = 5;

  /**
   * Compares the parts.
   *
   * @param towers as many as the family has
   * @param unet of the model
   * @param autoencoder of the model
   * @throws BrokenFileException if they do not fit each other
   */
  void require(List<LoadedTower> towers, UNetConfig unet, Autoencoder autoencoder) {
    towers.forEach(tower -> require(tower.tokenizer(), tower.network().config()));
    requireSideBySide(towers);
    requireContext(towers, unet);
    requireChannels(unet, autoencoder);
    switch (family) {
      case ModelFamily.StableDiffusion _ -> requireTextAlone(unet);
      case ModelFamily.StableDiffusionXl _ -> requireNumbers(towers, unet, SIZES);
      case ModelFamily.StableDiffusionXlRefiner _ -> requireNumbers(towers, unet, SIZES_AND_SCORE);
    }
  }

  private void require(ClipTokenizer tokenizer, ClipTextConfig text) {
    if (tokenizer.vocabularySize() > text.vocabulary()) {
      throw misfit(
          "the tokenizer has "
              + tokenizer.vocabularySize()
              + " tokens and the text encoder knows "
              + text.vocabulary());
    }
    if (tokenizer.maxLength() > text.positions()) {
      throw misfit(
          "the tokenizer gives "
              + tokenizer.maxLength()
              + " tokens at a time and the text encoder takes "
              + text.positions());
    }
    if (text.end() instanceof EndOfText.FirstOf(int end) && end != tokenizer.endId()) {
      throw misfit(
          "the tokenizer ends a text with the token "
              + tokenizer.endId()
              + " and the text encoder looks for "
              + end);
    }
    if (family.hiddenLayer().fromEnd() > text.layers()) {
      throw misfit(
          "the model reads the layer %d from the end of a text encoder that has %d"
              .formatted(family.hiddenLayer().fromEnd(), text.layers()));
    }
  }

  /** Token by token: two tokenizers must cut a text at the same places. */
  private void requireSideBySide(List<LoadedTower> towers) {
    ClipTokenizer first = towers.getFirst().tokenizer();
    for (LoadedTower tower : towers) {
      ClipTokenizer other = tower.tokenizer();
      if (other.maxLength() != first.maxLength()
          || other.vocabularySize() != first.vocabularySize()) {
        throw misfit(
            "one tokenizer gives %d of %d tokens at a time and the other %d of %d"
                .formatted(
                    first.maxLength(),
                    first.vocabularySize(),
                    other.maxLength(),
                    other.vocabularySize()));
      }
    }
  }

  private void requireContext(List<LoadedTower> towers, UNetConfig unet) {
    long width = towers.stream().mapToLong(tower -> tower.network().config().width()).sum();
    if (unet.contextWidth() != width) {
      throw misfit(
          "the U-Net wants features of width %d and the text %s %d"
              .formatted(
                  unet.contextWidth(),
                  towers.size() == 1 ? "encoder gives" : "encoders together give",
                  width));
    }
  }

  private void requireChannels(UNetConfig unet, Autoencoder autoencoder) {
    int latent = autoencoder.latentChannels();
    int input = family.inpainting() ? 2 * latent + 1 : latent;
    if (unet.inputChannels() != input || unet.outputChannels() != latent) {
      throw misfit(
          "the U-Net makes %d channels of %d and the autoencoder works on %d"
              .formatted(unet.outputChannels(), unet.inputChannels(), latent));
    }
    if (autoencoder.imageChannels() != 3 && autoencoder.imageChannels() != 4) {
      throw misfit(
          "the autoencoder makes pictures of "
              + autoencoder.imageChannels()
              + " channels, neither colours alone nor colours and coverage");
    }
  }

  private void requireTextAlone(UNetConfig unet) {
    if (!(unet.added() instanceof Added.None) && !(unet.added() instanceof Added.PooledText)) {
      throw misfit("the U-Net wants more than a text, " + unet.added());
    }
  }

  private void requireNumbers(List<LoadedTower> towers, UNetConfig unet, int numbers) {
    if (!(unet.added() instanceof Added.TextTime(int numberWidth, int inputWidth))) {
      throw misfit("the U-Net of a Stable Diffusion XL wants sizes, and this one " + unet.added());
    }
    int pooled = towers.getLast().network().network().pooledWidth();
    if (inputWidth != pooled + (long) numbers * numberWidth) {
      throw misfit(
          "beside the text the U-Net wants %d values, and is given a pooled text of %d and %d numbers of %d each"
              .formatted(inputWidth, pooled, numbers, numberWidth));
    }
    for (int i = 0; i < towers.size(); i++) {
      boolean last = i == towers.size() - 1;
      boolean projects = towers.get(i).network().config().projection() instanceof Projection.Shared;
      if (projects != last) {
        throw misfit("of XL's text encoders the last and no other has a projection");
      }
    }
  }

  private BrokenFileException misfit(String reason) {
    return label.broken("the parts do not fit each other: " + reason + "; are they of one model?");
  }
}
