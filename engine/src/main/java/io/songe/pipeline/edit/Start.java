package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;

/**
 * What a drawing begins with. From a picture, noise is added to it up to a level that its strength
 * decides, and what is left of it there guides what is drawn. Meng et al. 2022, "SDEdit", section
 * 3.
 *
 * <p>A strength is the share of the request's steps that is taken: above 0, where almost nothing
 * changes, to 1, where almost nothing of the picture is left.
 */
public sealed interface Start {
  /** {@return how much is drawn anew, above 0 to 1; 1 where there is nothing else} */
  double strength();

  /** Nothing but noise. */
  record Noise() implements Start {
    @Override
    public double strength() {
      return 1;
    }
  }

  /**
   * A picture: image to image.
   *
   * @param picture of any size
   * @param fit how it is brought to the request's size
   * @param strength above 0 to 1
   */
  record Picture(Source picture, Fit fit, double strength) implements Start {
    /** Checks the strength. */
    public Picture {
      requireStrength(strength);
    }
  }

  /**
   * A picture that is brought to the request's size, usually a larger one, and drawn anew for
   * detail.
   *
   * @param picture of any size; latents can be enlarged if its sides are multiples of 8
   * @param upscaler how it is enlarged
   * @param strength above 0 to 1
   */
  record Enlarged(Source picture, Upscaler upscaler, double strength) implements Start {
    /** Checks the strength, and the size where latents are enlarged. */
    public Enlarged {
      requireStrength(strength);
      Image image = picture.image();
      if (upscaler.resampling().isEmpty()
          && (image.width() % LATENT_SIDE != 0 || image.height() % LATENT_SIDE != 0)) {
        throw new InvalidRequestException(
            "to enlarge latents, the picture's sides must be multiples of %d, got %dx%d; take lanczos"
                .formatted(LATENT_SIDE, image.width(), image.height()));
      }
    }

    private static final int LATENT_SIDE = 8;
  }

  /**
   * A picture of which a part is drawn anew: inpainting. What the mask keeps stays to the last bit,
   * if the picture has the size at which it is drawn or only the surroundings of the mask are
   * drawn.
   *
   * @param picture of any size
   * @param masking the part
   * @param fit how the picture, or the area around the mask, is brought to the request's size
   * @param strength above 0 to 1
   */
  record Inpainted(Source picture, Masking masking, Fit fit, double strength) implements Start {
    /** Checks the strength, and that the mask has the picture's size. */
    public Inpainted {
      requireStrength(strength);
      Image image = picture.image();
      Image mask = masking.mask().image();
      if (mask.width() != image.width() || mask.height() != image.height()) {
        throw new InvalidRequestException(
            "a mask has the size of its picture: the picture is %dx%d, the mask %dx%d"
                .formatted(image.width(), image.height(), mask.width(), mask.height()));
      }
    }
  }

  /**
   * A picture that is drawn on beyond its edges: outpainting. The request's size is that of the
   * whole.
   *
   * @param picture of any size
   * @param margins how far it goes on
   * @param seam how far the new reaches into the picture, softly, in pixels; 0 to 256
   * @param strength above 0 to 1
   */
  record Extended(Source picture, Margins margins, int seam, double strength) implements Start {
    private static final int WIDEST_SEAM = 256;

    /** Checks the strength and the seam. */
    public Extended {
      requireStrength(strength);
      if (seam < 0 || seam > WIDEST_SEAM) {
        throw new InvalidRequestException(
            "the seam must be from 0 to " + WIDEST_SEAM + " pixels, got " + seam);
      }
    }
  }

  /**
   * Refuses a strength out of its range.
   *
   * @param strength above 0 to 1
   * @throws InvalidRequestException if it is not
   */
  static void requireStrength(double strength) {
    if (!(strength > 0 && strength <= 1)) {
      throw new InvalidRequestException(
          "the denoising strength must be above 0 and at most 1, got " + strength);
    }
  }
}
