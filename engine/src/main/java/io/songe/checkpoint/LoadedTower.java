package io.songe.checkpoint;

import io.songe.model.TextEncoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.text.ClipTokenizer;

/**
 * One of a model's readers of phrases, with the memory behind it.
 *
 * @param tokenizer cuts a phrase as the network was taught it
 * @param network the text encoder
 */
record LoadedTower(ClipTokenizer tokenizer, LoadedNetwork<ClipTextConfig, TextEncoder> network) {}
