package io.songe.checkpoint;

import io.songe.model.HiddenLayer;
import io.songe.model.TextEncoder;
import io.songe.text.ClipTokenizer;

/**
 * One of a model's readers of phrases. Stable Diffusion 1 and 2 have one; XL has two, whose
 * features are laid side by side.
 *
 * @param tokenizer cuts a phrase as the encoder was taught it
 * @param encoder the network
 * @param layer whose output the model was trained with
 */
public record TextTower(ClipTokenizer tokenizer, TextEncoder encoder, HiddenLayer layer) {}
