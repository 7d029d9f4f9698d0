package io.songe.pipeline;

import io.songe.checkpoint.ModelFamily;
import io.songe.diffusion.Conditioning;
import io.songe.model.TextFeatures;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * What a model's U-Net is given of a text: the features of all its encoders side by side, and what
 * its family wants beside them. Podell et al. 2023, sections 2.1 and 2.2.
 *
 * @param family of the model
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 */
record FamilyConditioning(ModelFamily family, int width, int height) {
  /** Scores of the reference for what is wanted and what is not, of a scale from 1 to 10. */
  private static final float BEAUTIFUL = 6;

  private static final float UGLY = 2.5f;

  /**
   * The conditioning on what the picture shall show.
   *
   * @param towers what each text encoder says of the text, in the model's order: tokens {@code [1,
   *     tokens, width]}, as many for each, and pooled {@code [1, pooled width]}
   * @return the conditioning, of a batch of 1
   */
  Conditioning wanted(List<TextFeatures> towers) {
    return of(towers, BEAUTIFUL);
  }

  /**
   * The conditioning on what the picture shall be kept away from.
   *
   * @param towers as for {@link #wanted}
   * @param text that they say it of
   * @return the conditioning, of a batch of 1
   */
  Conditioning unwanted(List<TextFeatures> towers, String text) {
    return of(text.isBlank() && zeroesEmptyNegative() ? zeros(towers) : towers, UGLY);
  }

  private boolean zeroesEmptyNegative() {
    return switch (family) {
      case ModelFamily.StableDiffusion _ -> false;
      case ModelFamily.StableDiffusionXl xl -> xl.zeroesEmptyNegative();
      case ModelFamily.StableDiffusionXlRefiner refiner -> refiner.zeroesEmptyNegative();
    };
  }

  private static List<TextFeatures> zeros(List<TextFeatures> towers) {
    return towers.stream()
        .map(tower -> new TextFeatures(tower.tokens().times(0), tower.pooled().times(0)))
        .toList();
  }

  private Conditioning of(List<TextFeatures> towers, float score) {
    Tensor context =
        towers.size() == 1
            ? towers.getFirst().tokens()
            : Tensor.concat(towers.stream().map(TextFeatures::tokens).toList(), 2);
    Tensor pooled = towers.getLast().pooled();
    return switch (family) {
      case ModelFamily.StableDiffusion _ -> Conditioning.of(context);
      case ModelFamily.StableDiffusionXl _ ->
          withNumbers(context, pooled, height, width, 0, 0, height, width);
      case ModelFamily.StableDiffusionXlRefiner _ ->
          withNumbers(context, pooled, height, width, 0, 0, score);
    };
  }

  /** Original size, upper left corner of the crop, and the size of the result or a score. */
  private static Conditioning withNumbers(Tensor context, Tensor pooled, float... numbers) {
    return new Conditioning(
        context, new Conditioning.Added.TextTime(pooled, Tensor.of(numbers, 1, numbers.length)));
  }
}
