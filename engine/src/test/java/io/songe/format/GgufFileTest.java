package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files put together by hand. */
class GgufFileTest {
  private static final int F32 = 0;
  private static final int Q4_0 = 2;
  private static final int UINT32 = 4;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final String FORGED = "; the file is damaged or forged, download it again";

  @TempDir Path folder;

  private GgufFile open(GgufBytes content) throws IOException {
    return GgufFile.open(Files.write(folder.resolve("m.gguf"), content.end()), DType.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void extents_are_turned_round(int version) throws IOException {
    GgufBytes content = new GgufBytes().version(version).tensor("w", 0, F32, 3, 5, 2).data(120);

    try (GgufFile file = open(content)) {
      assertThat(file.get("w").shape()).isEqualTo(Shape.of(2, 5, 3));
    }
  }

  @Test
  void tensors_may_stand_in_another_order_than_their_data() throws IOException {
    GgufBytes content =
        new GgufBytes().tensor("second", 32, F32, 1).tensor("first", 0, F32, 2).data(36);

    try (GgufFile file = open(content)) {
      assertThat(file.names()).containsExactly("first", "second");
      assertThat(file.get("first").data().byteSize()).isEqualTo(8);
    }
  }

  @Test
  void a_file_says_its_own_alignment() throws IOException {
    GgufBytes content =
        new GgufBytes().aligned(8).tensor("a", 0, F32, 1).tensor("b", 8, F32, 1).data(16);

    try (GgufFile file = open(content)) {
      assertThat(file.names()).containsExactly("a", "b");
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        of(
            "is a GGUF file of version 1, this version reads 2 and 3; get a newer one",
            bytes().version(1)),
        of(
            "is a GGUF file in big-endian byte order, this version reads little; get the ordinary one",
            bytes().version(3 << 24)),
        of("claims 100002 tensors, allowed are 100000" + FORGED, bytes().claim(100_002, 0)),
        of(
            "claims 18446744073709551615 entries of metadata, allowed are 110000" + FORGED,
            bytes().claim(0, -1)),
        of(
            "is truncated: its header goes on beyond the 32 bytes that are there; download it again",
            bytes().claim(0, 1)),
        of(
            "is truncated: tensor 'w' goes on beyond the 72 bytes that are there; download it again",
            bytes().tensor("w", 0, F32, 3).data(8)),
        of(
            "tensor 'w' begins 32 bytes after the header, expected 0" + FORGED,
            bytes().tensor("w", 32, F32, 1).data(64)),
        of(
            "tensor 'w' begins -32 bytes after the header, expected 0" + FORGED,
            bytes().tensor("w", -32, F32, 1).data(64)),
        of(
            "tensor 'w' begins at byte 4, not at a multiple of 32" + FORGED,
            bytes().tensor("w", 4, F32, 1).data(64)),
        of(
            "tensor 'b' begins 0 bytes after the header, expected 32" + FORGED,
            bytes().tensor("a", 0, F32, 1).tensor("b", 0, F32, 1).data(64)),
        of("has a tensor without a name" + FORGED, bytes().tensor("", 0, F32, 1).data(4)),
        of(
            "has two tensors of the name 'a'" + FORGED,
            bytes().tensor("a", 0, F32, 1).tensor("a", 32, F32, 1).data(64)),
        of(
            "has 60 bytes after the last tensor that belong to none" + FORGED,
            bytes().tensor("a", 0, F32, 1).data(64)),
        of(
            "tensor 'w' has 9 dimensions, allowed are 8" + FORGED,
            bytes().tensor("w", 0, F32, 1, 1, 1, 1, 1, 1, 1, 1, 1).data(4)),
        of(
            "'w' has a shape of negative extents, or more elements than can be counted" + FORGED,
            bytes().tensor("w", 0, F32, 1L << 40, 1L << 40)),
        of(
            "'w' has a shape of negative extents, or more elements than can be counted" + FORGED,
            bytes().tensor("w", 0, F32, -1)),
        of(
            "tensor 'w' has a shape of more elements than can be counted" + FORGED,
            bytes().tensor("w", 0, F32, 1L << 61)),
        of(
            "tensor 'w' is [17179869184, 32], too large to be dequantised",
            bytes().tensor("w", 0, Q4_0, 32, 1L << 34)),
        of(
            "tensor 'w' is Q4_0 [2, 31], but blocks of Q4_0 have 32 elements" + FORGED,
            bytes().tensor("w", 0, Q4_0, 31, 2)),
        of(
            "tensor 'w' is of type IQ4_XS, which this version of Songe does not read; use a Q8_0, Q4_K or F16 version of the file",
            bytes().tensor("w", 0, 23, 256)),
        of(
            "tensor 'w' is of type number 4294967295, which this version of Songe does not read; use a Q8_0, Q4_K or F16 version of the file",
            bytes().tensor("w", 0, -1, 256)),
        of(
            "has metadata 'k' of the unknown type 13" + FORGED,
            bytes().metadata("k", 13, new byte[1])),
        of(
            "has metadata 'k' twice" + FORGED,
            bytes().metadata("k", UINT32, new byte[4]).metadata("k", UINT32, new byte[4])),
        of(
            "has an alignment of 48, expected a power of two up to 65536" + FORGED,
            bytes().aligned(48)),
        of(
            "has an alignment of 0, expected a power of two up to 65536" + FORGED,
            bytes().aligned(0)),
        of(
            "has an alignment that is no whole number of 32 bits" + FORGED,
            bytes().metadata("general.alignment", STRING, GgufBytes.text("32"))),
        of("has lists in lists in metadata 'k'" + FORGED, bytes().metadata("k", ARRAY, nested(9))),
        of(
            "is truncated: its header goes on beyond the 64 bytes that are there; download it again",
            bytes().metadata("k", ARRAY, list(STRING, Long.MAX_VALUE))),
        of(
            "is truncated: its header goes on beyond the 64 bytes that are there; download it again",
            bytes().metadata("k", ARRAY, list(UINT32, Long.MAX_VALUE))),
        of(
            "has a list of negative length in metadata 'k'" + FORGED,
            bytes().metadata("k", ARRAY, list(STRING, -1))),
        of(
            "tensor 'w' is [4] and was [2, 3]" + FORGED,
            bytes()
                .metadata("comfy.gguf.orig_shape.w", ARRAY, shape(2, 3))
                .tensor("w", 0, F32, 4)
                .data(16)));
  }

  private static Arguments of(String message, GgufBytes content) {
    return Arguments.of(message, content);
  }

  private static GgufBytes bytes() {
    return new GgufBytes();
  }

  private static byte[] list(int type, long count) {
    return joined(GgufBytes.integer(type), GgufBytes.number(count));
  }

  private static byte[] nested(int levels) {
    byte[] inner = list(UINT32, 0);
    for (int level = 0; level < levels; level++) {
      inner = joined(list(ARRAY, 1), inner);
    }
    return inner;
  }

  private static byte[] shape(int first, int second) {
    return joined(list(5, 2), joined(GgufBytes.integer(first), GgufBytes.integer(second)));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void what_contradicts_itself_is_refused(String message, GgufBytes content) {
    assertThatThrownBy(() -> open(content))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("/m.gguf: " + message);
  }

  @Test
  void a_file_of_another_form_is_refused() throws IOException {
    Path other = Files.copy(Golden.file("types.safetensors"), folder.resolve("m.gguf"));

    assertThatThrownBy(() -> GgufFile.open(other, DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("m.gguf: is not a GGUF file; check what was downloaded");
  }

  @Test
  void numbers_that_are_not_numbers_stay_so_as_bfloat16() throws IOException {
    byte[] content = bytes().tensor("w", 0, Q4_0, 32).data(18).end();
    int scale = content.length - 18;
    content[scale] = 1;
    content[scale + 1] = 0x7C; // a NaN whose bits stand low
    Path path = Files.write(folder.resolve("m.gguf"), content);

    try (GgufFile file = GgufFile.open(path, DType.BFLOAT16)) {
      short bits = file.get("w").data().get(ValueLayout.JAVA_SHORT, 0);
      assertThat(Float.intBitsToFloat(bits << 16)).isNaN();
    }
  }
}
