package io.songe.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Deals out weighted tokens to chunks. Where a chunk is full and a comma is among its last tokens,
 * what follows the comma moves to the next chunk, so that an enumeration is not cut inside one of
 * its things. The AUTOMATIC1111 web UI's rule, with its usual reach.
 */
final class ChunkFiller {
  /** How many of a chunk's last tokens are looked at for a comma. */
  private static final int COMMA_REACH = 20;

  private static final int NONE = -1;

  private final OptionalInt comma;
  private final int room;
  private final BiFunction<int[], float[], WeightedChunk> frame;
  private final List<WeightedChunk> done = new ArrayList<>();
  private final int[] ids;
  private final float[] weights;
  private int size;
  private int lastComma = NONE;

  /**
   * A filler with nothing in it.
   *
   * @param room the most tokens of a chunk
   * @param comma the id of a comma that is a word, if there is one
   * @param frame makes a chunk of its own tokens and their weights
   */
  ChunkFiller(int room, OptionalInt comma, BiFunction<int[], float[], WeightedChunk> frame) {
    this.room = room;
    this.frame = frame;
    this.comma = comma;
    this.ids = new int[room];
    this.weights = new float[room];
  }

  /** Adds a token. */
  void add(int id, float weight) {
    if (comma.isPresent() && id == comma.getAsInt()) {
      lastComma = size;
    } else if (size == room && lastComma != NONE && size - lastComma <= COMMA_REACH) {
      endAfter(lastComma + 1);
    }
    if (size == room) {
      end();
    }
    ids[size] = id;
    weights[size] = weight;
    size++;
  }

  /** Ends the present chunk, be it empty. */
  void end() {
    endAfter(size);
  }

  /** Ends a chunk of so many tokens; the others go into the next. */
  private void endAfter(int count) {
    done.add(frame.apply(Arrays.copyOf(ids, count), Arrays.copyOf(weights, count)));
    size -= count;
    System.arraycopy(ids, count, ids, 0, size);
    System.arraycopy(weights, count, weights, 0, size);
    lastComma = NONE;
  }

  /**
   * {@return all chunks, at least one; the last is left out if it is empty and not the only one}
   */
  List<WeightedChunk> finish() {
    if (size > 0 || done.isEmpty()) {
      end();
    }
    return List.copyOf(done);
  }
}
