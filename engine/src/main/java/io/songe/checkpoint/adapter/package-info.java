/**
 * Files that change a model without being one: LoRAs, which add products of two thin matrices to
 * its weights, and textual inversions, which teach its text encoders a word. Here are the names and
 * forms in which both are published, and what they are in our names; a {@link
 * io.songe.checkpoint.Checkpoint} applies them. Kinds of LyCORIS beyond LoCon are not here. Read
 * {@link io.songe.checkpoint.adapter.Lora} first.
 */
@NullMarked
package io.songe.checkpoint.adapter;

import org.jspecify.annotations.NullMarked;
