package io.songe.checkpoint.original;

import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The sizes of an {@link io.songe.model.vae.AutoencoderTiny}, read off its tensors' names and
 * shapes. Its layers are numbered; a block has convolutions inside, one without a bias changes the
 * size, and one with a bias is the last.
 */
public final class TinyAutoencoderSizes {
  /** Tiny autoencoders were trained on latents as the diffusion network sees them. */
  private static final LatentScale SCALE = LatentScale.of(1);

  private TinyAutoencoderSizes() {}

  /**
   * Reads the config of a whole one, in a file with our names.
   *
   * @param tensors at the network
   * @return the config
   * @throws io.songe.error.BrokenFileException if it is no such network
   */
  public static AutoencoderTinyConfig config(OriginalTensors tensors) {
    OriginalTensors encoder = tensors.in("encoder.layers.");
    OriginalTensors decoder = tensors.in("decoder.layers.");
    return new AutoencoderTinyConfig(
        encoder.size("0.weight", 1),
        decoder.size("0.weight", 1),
        encoder.size("0.weight", 0),
        blocks(encoder, 1),
        decoder.size("0.weight", 0),
        blocks(decoder, 2),
        SCALE);
  }

  /** {@return whether a file holds a published decoder alone} */
  public static boolean isDecoder(OriginalTensors tensors) {
    return tensors.has("1.weight") && tensors.has("3.conv.0.weight");
  }

  /**
   * Reads the config of a published decoder. As its encoder the mirror image is taken.
   *
   * @param tensors of a file in which {@link #isDecoder} sees one
   * @return the config
   * @throws io.songe.error.BrokenFileException if it is no such network
   */
  public static AutoencoderTinyConfig decoder(OriginalTensors tensors) {
    List<Integer> blocks = blocks(tensors, 3);
    int width = tensors.size("1.weight", 0);
    return new AutoencoderTinyConfig(
        tensors.size(last(tensors) + ".weight", 0),
        tensors.size("1.weight", 1),
        width,
        blocks.reversed(),
        width,
        blocks,
        SCALE);
  }

  /**
   * Where a published decoder's tensors are. It counts one layer more than ours, the squeeze at its
   * entrance, which has no tensors.
   *
   * @param tensors of the file
   * @return placements by our names within the decoder
   */
  public static SequencedMap<String, Placement> placements(OriginalTensors tensors) {
    TreeMap<String, Placement> placements = new TreeMap<>();
    for (Map.Entry<String, ?> tensor : tensors.shapes().entrySet()) {
      String name = tensor.getKey();
      int dot = name.indexOf('.');
      if (dot > 0 && name.substring(0, dot).matches("[1-9][0-9]?")) {
        int number = Integer.parseInt(name.substring(0, dot)) - 1;
        placements.put(number + name.substring(dot), Placement.whole(name));
      } else {
        placements.put(name, Placement.whole(name)); // to be refused by its name
      }
    }
    return placements;
  }

  private static List<Integer> blocks(OriginalTensors tensors, int first) {
    List<Integer> blocks = new ArrayList<>();
    int count = 0;
    for (int layer = first; layer < last(tensors); layer++) {
      if (tensors.has(layer + ".conv.0.weight")) {
        count++;
      } else if (tensors.has(layer + ".weight")) {
        blocks.add(count);
        count = 0;
      }
    }
    blocks.add(count);
    return blocks;
  }

  /** The number of the last layer with a bias. */
  private static int last(OriginalTensors tensors) {
    int last = 0;
    for (int layer = 0; layer < tensors.shapes().size(); layer++) {
      last = tensors.has(layer + ".bias") ? layer : last;
    }
    return last;
  }
}
