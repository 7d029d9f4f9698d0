package io.songe.train.autoencoder;

import io.songe.data.Corpus;
import io.songe.data.Holdout;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is learned from, and what is judged by.
 *
 * @param side height and width of each picture, in pixels
 * @param training numbers of the pictures that are learned from; at least one
 * @param heldOut numbers of pictures that are never learned from; at least one
 * @param at gives the picture of a number, with straight coverage
 */
record Pictures(int side, List<Integer> training, List<Integer> heldOut, IntFunction<Image> at) {
  /**
   * Checked.
   *
   * @throws InvalidRequestException if there is nothing to learn from or nothing to judge by
   */
  Pictures {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
    if (training.isEmpty() || heldOut.isEmpty()) {
      throw new InvalidRequestException(
          "an autoencoder needs at least one drawing to learn from and one of another concept to be"
              + " judged by, got %d and %d; add drawings to the corpus"
                  .formatted(training.size(), heldOut.size()));
    }
  }

  /**
   * The drawings of a corpus, divided as always.
   *
   * @param corpus open as long as they are used
   */
  static Pictures of(Corpus corpus) {
    Holdout holdout = Holdout.of(corpus.drawings());
    return new Pictures(
        corpus.side(),
        holdout.drawings(Holdout.Part.TRAINING),
        holdout.drawings(Holdout.Part.UNSEEN_CONCEPT),
        corpus::picture);
  }
}
