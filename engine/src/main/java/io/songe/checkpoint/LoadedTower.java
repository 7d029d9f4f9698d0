package io.songe.checkpoint;

import io.songe.checkpoint.adapter.WeightChanges;
import io.songe.model.TextEncoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.text.ClipTokenizer;
import io.songe.text.NewWord;
import java.util.List;

/**
 * One of a model's readers of phrases, with the memory behind it.
 *
 * @param tokenizer cuts a phrase as the network was taught it
 * @param network the text encoder
 */
record LoadedTower(ClipTokenizer tokenizer, LoadedNetwork<ClipTextConfig, TextEncoder> network) {
  /** {@return this reader with the words and weights of adapters in place of those that it has} */
  LoadedTower changed(WeightChanges changes, List<NewWord> words) {
    ClipTextConfig config = network.config();
    return new LoadedTower(
        tokenizer.with(words),
        network.changed(
            changes,
            changes.newTokens() == 0
                ? config
                : config.withTokens(changes.newTokens(), tokenizer.endId())));
  }
}
