/**
 * The text half of CLIP (Radford et al. 2021, section 2.4): a Transformer that reads from left to
 * right. Stable Diffusion's text encoders are of this kind, whether OpenAI or OpenCLIP trained
 * them. The picture half is not here, nor is the tokenizer. Read {@link
 * io.songe.model.clip.ClipTextEncoder} first.
 */
@NullMarked
package io.songe.model.clip;

import org.jspecify.annotations.NullMarked;
