package io.songe.train.textimage;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.model.Autoencoder;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import io.songe.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A few plain pictures, networks that learn them in seconds, and an autoencoder that only shrinks.
 */
final class Toys {
  static final int SIDE = 64;
  static final int CAPTIONS = 2;

  private static final List<String> NAMES = List.of("rouge", "vert", "bleu");
  private static final List<Colour> COLOURS =
      List.of(
          new Colour(220, 30, 30, 255), new Colour(30, 180, 60, 255), new Colour(40, 60, 220, 255));

  private Toys() {}

  static ClipTokenizer tokenizer() {
    return ClipTokenizer.open(Path.of("src/test/resources/golden/tokenizer/mini"));
  }

  /** One drawing for each colour. */
  static List<Drawing> drawings() {
    List<Drawing> drawings = new ArrayList<>();
    for (String name : NAMES) {
      drawings.add(
          new Drawing(
              name,
              name,
              "plain",
              "",
              Map.of(Language.FRENCH, new Caption(name, List.of())),
              "",
              "a test"));
    }
    return drawings;
  }

  /** A square of one of three colours on the left or the right, named by its colour. */
  static CaptionedPicture picture(long position) {
    int colour = (int) (position % NAMES.size());
    int left = 16 * (int) (position / NAMES.size() % 3);
    byte[] rgba = new byte[4 * SIDE * SIDE];
    for (int y = 16; y < 48; y++) {
      for (int x = left; x < left + 32; x++) {
        int at = 4 * (y * SIDE + x);
        rgba[at] = (byte) COLOURS.get(colour).red();
        rgba[at + 1] = (byte) COLOURS.get(colour).green();
        rgba[at + 2] = (byte) COLOURS.get(colour).blue();
        rgba[at + 3] = (byte) 255;
      }
    }
    String name = NAMES.get(colour);
    return new CaptionedPicture(
        Image.of(SIDE, SIDE, rgba), List.of(name, "un " + name), OptionalInt.of(colour));
  }

  /** Shrinks pictures to an eighth. */
  static final class Shrinking implements Autoencoder {
    @Override
    public Tensor encode(Tensor pictures) {
      return Functional.averagePool(pictures, factor());
    }

    @Override
    public Tensor encode(Tensor pictures, NoiseSource noise) {
      return encode(pictures);
    }

    @Override
    public Tensor decode(Tensor latents) {
      return Functional.upsampleNearest(
          latents, latents.dim(2) * factor(), latents.dim(3) * factor());
    }

    @Override
    public int imageChannels() {
      return 4;
    }

    @Override
    public int latentChannels() {
      return 4;
    }

    @Override
    public int factor() {
      return 8;
    }
  }

  static LatentRecipe recipe(int count) {
    return new LatentRecipe(
        "corpus", "autoencoder", "tokenizer", "colours", 1, SIDE, count, CAPTIONS);
  }

  static LatentShards latents(Path folder, int count) {
    return making(count).make(folder, 1, _ -> {});
  }

  static LatentMaking making(int count) {
    return new LatentMaking(recipe(count), Toys::picture, tokenizer(), new Shrinking());
  }

  static TextImageSizes sizes() {
    return new TextImageSizes(List.of(32, 64), List.of(false, true), 32, 1);
  }

  static TextImageNetworks networks(long seed) {
    return TextImageNetworks.initial(sizes().text(tokenizer()), sizes().unet(4), seed);
  }

  static SchedulerConfig scheduler(Prediction prediction) {
    return SchedulerConfig.builder("DDIMScheduler")
        .betas(Betas.ScaledLinear.stableDiffusion())
        .prediction(prediction)
        .build();
  }

  static TextToImageOptions options(Prediction prediction, double dropout) {
    return new TextToImageOptions(
        scheduler(prediction), new SnrWeighting.Capped(5), 8, dropout, 3, DType.FLOAT32);
  }
}
