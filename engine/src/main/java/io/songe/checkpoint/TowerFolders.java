package io.songe.checkpoint;

import java.util.List;

/**
 * Where a published model keeps one of its text encoders.
 *
 * @param encoder the folder of the network
 * @param tokenizer the folder of its tokenizer
 */
record TowerFolders(String encoder, String tokenizer) {
  static final TowerFolders FIRST = new TowerFolders("text_encoder", "tokenizer");
  static final TowerFolders SECOND = new TowerFolders("text_encoder_2", "tokenizer_2");

  /** {@return those of a family, in the order in which their features are joined} */
  static List<TowerFolders> of(ModelFamily family) {
    return switch (family) {
      case ModelFamily.StableDiffusion _ -> List.of(FIRST);
      case ModelFamily.StableDiffusionXl _ -> List.of(FIRST, SECOND);
      case ModelFamily.StableDiffusionXlRefiner _ -> List.of(SECOND);
    };
  }
}
