package io.songe.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fingerprint is the same whoever computes it. */
class Sha256Test {
  /** The example of FIPS 180-4. */
  @Test
  void abc_has_the_published_fingerprint(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");

    assertThat(Sha256.of(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 1 << 20, (3 << 20) + 17})
  void any_length_has_the_fingerprint_that_java_computes(int length, @TempDir Path folder)
      throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);

    assertThat(Sha256.of(file)).isEqualTo(Sha256.byJava(file));
  }
}
