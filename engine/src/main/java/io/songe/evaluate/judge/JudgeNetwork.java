package io.songe.evaluate.judge;

import io.songe.nn.Initialization;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.HashSet;

/**
 * Pictures and phrases in one space. Radford et al. 2021, figure 3: a tower for each, whose
 * features are brought to length 1, so that their products are cosines. The concepts that it can
 * name are points of the same space, and the largest cosine names one; styles, which features are
 * to forget, are told from what is seen before.
 */
final class JudgeNetwork {
  /** The beginning of both scales: the inverse of Radford et al.'s first temperature, 0.07. */
  private static final double USUAL_SCALE = 1 / 0.07;

  /** Radford et al. 2021, section 2.5: the logits are never scaled by more. */
  private static final double MOST_SCALE = 100;

  private static final double SMALL = 1e-12;

  private final PictureTower pictures;
  private final PhraseTower phrases;
  private final Tensor concepts;
  private final Linear styles;
  private final Tensor phraseScale;
  private final Tensor conceptScale;

  JudgeNetwork(JudgeConfig config, Parameters p) {
    pictures = new PictureTower(config, p.in("pictures"));
    phrases = new PhraseTower(config, p.in("phrases"));
    concepts =
        p.in("concepts").table("weight", Shape.of(config.concepts().size(), config.features()));
    styles =
        new Linear(
            PictureTower.manner(config), Math.max(1, config.styles().size()), p.in("styles"));
    phraseScale = p.in("phrase_scale").exact("weight", Shape.of(1));
    conceptScale = p.in("concept_scale").exact("weight", Shape.of(1));
  }

  /** What the weights of a network begin as. */
  static Initialization initialization(JudgeConfig config, long seed) {
    return new Initialization(seed, new HashSet<>(PictureTower.zeros(config, "pictures.")));
  }

  /** The scale is learned as a logarithm, in parts of its beginning. */
  private static Tensor scale(Tensor learned) {
    return learned.times(Math.log(USUAL_SCALE)).clamp(0, Math.log(MOST_SCALE)).exp();
  }

  private static Tensor normed(Tensor x) {
    return x.dividedBy(x.square().sum(1).plus(SMALL).sqrt());
  }

  /** Planes [batch, 4, side, side] to what is seen of pictures. */
  PictureTower.Seen look(Tensor planes) {
    return pictures.see(planes);
  }

  /** What is seen of pictures to features [batch, features] of length 1. */
  Tensor features(PictureTower.Seen seen) {
    return normed(seen.features());
  }

  /** Phrases to features [batch, features] of length 1. */
  Tensor read(WordPieces.Batch batch) {
    return normed(phrases.forward(batch).to(DType.FLOAT32));
  }

  /** How well each phrase fits each picture, [pictures, phrases], as logits. */
  Tensor fits(Tensor pictureFeatures, Tensor phraseFeatures) {
    return pictureFeatures.matmul(phraseFeatures.transpose(0, 1)).times(scale(phraseScale));
  }

  /** Features of pictures to logits of the concepts, [batch, concepts]. */
  Tensor concepts(Tensor features) {
    return features.matmul(normed(concepts).transpose(0, 1)).times(scale(conceptScale));
  }

  /** What is seen of pictures to logits of the styles, [batch, styles]. */
  Tensor styles(PictureTower.Seen seen) {
    return styles.forward(seen.manner()).to(DType.FLOAT32);
  }
}
