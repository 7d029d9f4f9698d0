package io.songe.gallery;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.songe.image.Image;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * What a picture looks like, in 128 numbers that are alike for pictures that look alike; see {@link
 * LookMeasurement}.
 */
final class Look {
  /** How many numbers it has. */
  static final int SIZE = 128;

  private final byte[] numbers;

  /**
   * A look.
   *
   * @param numbers in 127ths; kept
   * @throws IllegalArgumentException if there are not {@link #SIZE}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Look(byte[] numbers) {
    if (numbers.length != SIZE) {
      throw new IllegalArgumentException("a look has 128 numbers, got " + numbers.length);
    }
    this.numbers = numbers;
  }

  /** {@return a picture's look} */
  static Look of(Image image) {
    return LookMeasurement.of(image);
  }

  /** {@return its numbers, only to be read} */
  @JsonValue
  byte[] numbers() {
    return numbers;
  }

  /** {@return how alike two looks are: 1 for the same, about 0 for nothing in common} */
  double likeness(Look other) {
    return likeness(new BytesRef(other.numbers));
  }

  /** {@return how alike this look is to one that the index has} */
  double likeness(BytesRef stored) {
    int sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += numbers[i] * stored.bytes[stored.offset + i];
    }
    return sum / (127.0 * 127.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Look look && Arrays.equals(numbers, look.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
