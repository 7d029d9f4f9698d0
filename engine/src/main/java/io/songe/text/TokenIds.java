package io.songe.text;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;

/**
 * Token ids of one text or of one chunk of it, in reading order: rows of a text encoder's embedding
 * table. Immutable.
 */
public final class TokenIds {
  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  /**
   * Token ids as given.
   *
   * @param ids the ids in reading order, none negative
   * @return the ids
   * @throws InvalidRequestException if an id is negative
   */
  public static TokenIds of(int... ids) {
    int[] copy = ids.clone();
    for (int position = 0; position < copy.length; position++) {
      if (copy[position] < 0) {
        throw new InvalidRequestException(
            "token ids are never negative, got %d at position %d"
                .formatted(copy[position], position));
      }
    }
    return new TokenIds(copy);
  }

  /** {@return the number of ids} */
  public int size() {
    return ids.length;
  }

  /**
   * One id.
   *
   * @param position from 0 to {@link #size()} - 1
   * @return the id there
   */
  public int at(int position) {
    return ids[position];
  }

  /** {@return a copy of the ids} */
  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
