package io.songe.train.autoencoder;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ImageGrid;
import io.songe.image.ImageTensors;
import io.songe.model.Autoencoder;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Judges an autoencoder by what it makes of whole pictures. */
final class Reconstructions {
  private static final int MOST_JUDGED = 48;
  private static final int MOST_SHOWN = 8;
  private static final int MOST_MEASURED = 64;
  private static final int COLUMNS = 6;
  private static final int MARGIN = 2;
  private static final double AMPLIFIED = 4;

  private final Pictures pictures;

  Reconstructions(Pictures pictures) {
    this.pictures = pictures;
  }

  /**
   * The quality on pictures that were never learned from: up to 48 of them, evenly spread.
   *
   * @param autoencoder to be judged
   */
  ImageQuality quality(Autoencoder autoencoder) {
    QualityMeasure measure = new QualityMeasure();
    for (int number : spread(pictures.heldOut(), MOST_JUDGED)) {
      try (Scope _ = Scope.open()) {
        Tensor picture = picture(number, autoencoder);
        measure.add(picture, autoencoder.decode(autoencoder.encode(picture)));
      }
    }
    return measure.result();
  }

  /**
   * Pictures that were never learned from, side by side: the original, its copy, and where they
   * differ, four times as strong as it is and dark on white.
   *
   * @param autoencoder that copies
   */
  Image sheet(Autoencoder autoencoder) {
    List<Image> cells = new ArrayList<>();
    for (int number : spread(pictures.heldOut(), MOST_SHOWN)) {
      try (Scope _ = Scope.open()) {
        Tensor picture = picture(number, autoencoder);
        Tensor copy = autoencoder.decode(autoencoder.encode(picture)).clamp(-1, 1);
        cells.add(ImageTensors.toImage(picture));
        cells.add(ImageTensors.toImage(copy));
        cells.add(ImageTensors.toImage(difference(picture, copy)));
      }
    }
    return new ImageGrid(COLUMNS, MARGIN, Colour.WHITE).arrange(cells);
  }

  /** The colours of an error on white, [1, 3, height, width]. */
  private static Tensor difference(Tensor x, Tensor y) {
    Tensor error = y.minus(x).abs().slice(1, 0, 3);
    return Functional.relu(error.times(-AMPLIFIED).plus(2)).minus(1);
  }

  /**
   * {@return the standard deviation of the latents of up to 64 learned pictures} Divided by it,
   * latents are as diffusion wants them: Rombach et al. 2022, appendix G.
   *
   * @param autoencoder with a scale of 1
   */
  double deviation(Autoencoder autoencoder) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int number : spread(pictures.training(), MOST_MEASURED)) {
      try (Scope _ = Scope.open()) {
        Tensor latent = autoencoder.encode(picture(number, autoencoder));
        count++;
        sum += latent.mean().item();
        squares += latent.square().mean().item();
      }
    }
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }

  private Tensor picture(int number, Autoencoder autoencoder) {
    return ImageTensors.toTensor(pictures.at().apply(number), autoencoder.imageChannels());
  }

  private static List<Integer> spread(List<Integer> all, int most) {
    int apart = Math.max(1, all.size() / most);
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < all.size() && some.size() < most; i += apart) {
      some.add(all.get(i));
    }
    return some;
  }
}
