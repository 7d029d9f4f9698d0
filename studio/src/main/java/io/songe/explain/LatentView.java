package io.songe.explain;

import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.model.Autoencoder;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What an autoencoder keeps of a picture. Rombach et al. 2022, section 3.1.
 *
 * @param planes of the latent, each as a grey picture of one pixel for each number
 * @param restored the picture that the decoder makes of the latent
 */
public record LatentView(List<Image> planes, Image restored) {
  /** Numbers of a latent are rarely further from 0 than this: three times their deviation. */
  private static final float WHITE = 3;

  private static final int RGBA = 4;

  /** Copies the list. */
  public LatentView {
    planes = List.copyOf(planes);
  }

  /**
   * Makes a picture small, and large again.
   *
   * @param autoencoder of an open model
   * @param picture with sides that are multiples of the autoencoder's factor
   * @return what is seen of it
   */
  public static LatentView of(Autoencoder autoencoder, Image picture) {
    try (Scope _ = Scope.open()) {
      Tensor latent =
          autoencoder.encode(ImageTensors.toTensor(picture, autoencoder.imageChannels()));
      List<Image> planes = new ArrayList<>();
      for (int channel = 0; channel < autoencoder.latentChannels(); channel++) {
        planes.add(grey(latent.slice(1, channel, channel + 1)));
      }
      return new LatentView(planes, ImageTensors.toImage(autoencoder.decode(latent)));
    }
  }

  /** Black for numbers of -3 and less, white for 3 and more. */
  private static Image grey(Tensor plane) {
    float[] values = plane.toFloats();
    byte[] rgba = new byte[RGBA * values.length];
    for (int i = 0; i < values.length; i++) {
      byte level = (byte) Math.round(255 * Math.clamp(values[i] / (2 * WHITE) + 0.5f, 0, 1));
      rgba[RGBA * i] = level;
      rgba[RGBA * i + 1] = level;
      rgba[RGBA * i + 2] = level;
      rgba[RGBA * i + 3] = -1;
    }
    return Image.of(Math.toIntExact(plane.dim(3)), Math.toIntExact(plane.dim(2)), rgba);
  }

  /** {@return how many numbers the latent has} */
  public int numbers() {
    return planes.stream().mapToInt(plane -> plane.width() * plane.height()).sum();
  }
}
