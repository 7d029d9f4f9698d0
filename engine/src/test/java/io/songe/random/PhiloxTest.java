package io.songe.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Known answers of the authors' Random123 library for philox4x32 with 10 rounds. */
class PhiloxTest {
  @Test
  void zeros_give_the_authors_answer() {
    int[] block = Philox.block(0, 0, 0, 0, 0);

    assertThat(block).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones_give_the_authors_answer() {
    int[] block = Philox.block(-1, -1, -1, -1, -1);

    assertThat(block).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void the_digits_of_pi_give_the_authors_answer() {
    int[] block = Philox.block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822L);

    assertThat(block).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }
}
