package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints put together by hand. */
class TorchFileTest {
  @TempDir Path folder;

  @Test
  void the_weights_of_a_training_run_are_named_as_in_its_state_dict() throws IOException {
    PickleBytes pickle = new PickleBytes().code("}(").text("epoch").whole(3);
    pickle.text("other").code("}").text("x").tensor().code("s");
    pickle.text("state_dict").code("}").text("a.weight").tensor().code("s").code("u");

    try (TorchFile file = open(pickle.archive())) {
      assertThat(file.names()).containsExactly("a.weight");
      assertThat(file.metadata()).isEqualTo(Map.of("epoch", "3"));
    }
  }

  @Test
  void without_a_state_dict_names_are_paths() throws IOException {
    PickleBytes pickle = new PickleBytes().code("}(").text("a").code("}").whole(7).tensor();
    pickle.code("s").text("b").code("](").tensor().code("N").tensor().code("e").code("u");

    try (TorchFile file = open(pickle.archive())) {
      assertThat(file.names()).containsExactlyInAnyOrder("a.7", "b.0", "b.2");
    }
  }

  @Test
  void two_tensors_that_share_numbers_are_two_tensors() throws IOException {
    PickleBytes pickle = new PickleBytes().code("}(").text("a").tensor().text("b");
    pickle.tensor(2, new long[] {2}, new long[] {1}).code("u");

    try (TorchFile file = open(pickle.archive())) {
      assertThat(file.get("b").data().address() - file.get("a").data().address()).isEqualTo(8);
    }
  }

  @Test
  void a_checkpoint_without_named_tensors_is_refused() throws IOException {
    assertRefused(
        new PickleBytes().tensor().archive(),
        "holds no dictionary of named tensors; it is of no model that this version knows");
    assertRefused(
        new PickleBytes().code("}").text("a").whole(1).code("s").archive(),
        "holds no tensors; it is of no model that this version knows");
  }

  @Test
  void names_that_no_tensor_has_are_refused() throws IOException {
    String rest = "; it is damaged or forged, download it again";
    PickleBytes twice = new PickleBytes().code("}(").text("a.b").tensor();
    twice.text("a").code("}").text("b").tensor().code("s").code("u");

    assertRefused(twice.archive(), "has two tensors of the name 'a.b'" + rest);
    assertRefused(
        new PickleBytes().code("}").text("").tensor().code("s").archive(),
        "has a tensor of the name '', which has no letters or more than 1024" + rest);
    assertRefused(
        new PickleBytes().code("}").text("n".repeat(1025)).tensor().code("s").archive(),
        "which has no letters or more than 1024" + rest);
  }

  @Test
  void a_storage_that_is_missing_or_of_another_length_is_named() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("m/data.pkl", PickleBytes.dictionary().end());
    assertRefused(
        PickleBytes.zip(entries, false), "lacks the storage '0' of its tensors; download it again");

    entries.put("m/data/0", new byte[12]);
    assertRefused(
        PickleBytes.zip(entries, false),
        "has a storage '0' of 12 bytes, which is not 4 elements of FLOAT32; it is damaged or forged, download it again");
  }

  @Test
  void numbers_of_a_big_endian_machine_are_refused() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("m/data.pkl", PickleBytes.dictionary().end());
    entries.put("m/data/0", new byte[16]);
    entries.put("m/byteorder", "big".getBytes(StandardCharsets.UTF_8));

    assertRefused(
        PickleBytes.zip(entries, false),
        "says that its numbers are in byte order 'big', this version reads little; save it again on an ordinary computer");
  }

  @Test
  void bytes_behind_the_pickle_are_refused() throws IOException {
    byte[] pickle = PickleBytes.dictionary().code(".").end();

    assertRefused(
        PickleBytes.archive(pickle),
        "has 1 bytes behind its pickle; it is damaged or forged, download it again");
  }

  @Test
  void a_compressed_storage_with_a_flipped_bit_is_refused_when_it_is_read() throws IOException {
    byte[] file = Files.readAllBytes(Golden.file("torch/deflated.pt"));
    byte[] flipped = file.clone();
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("/data/0") + 20;
    flipped[at] ^= 0x10;
    Path path = Files.write(folder.resolve("model.ckpt"), flipped);

    try (TorchFile opened = TorchFile.open(path)) {
      assertThatThrownBy(() -> opened.names().forEach(opened::get))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("compressed, and it does not unpack as its directory says");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"defaultdict", "OrderedDict"})
  void dictionaries_of_collections_are_dictionaries(String name) throws IOException {
    PickleBytes pickle = new PickleBytes().global("collections", name).code(")R(");

    try (TorchFile file = open(pickle.text("a").tensor().code("u}b").archive())) {
      assertThat(file.names()).containsExactly("a");
    }
  }

  @Test
  void an_ordered_dictionary_of_python_2_is_a_list_of_pairs() throws IOException {
    // OrderedDict([['a', tensor]])
    byte[] file =
        new PickleBytes()
            .global("collections", "OrderedDict")
            .code("]](")
            .text("a")
            .tensor()
            .code("ea")
            .code(0x85)
            .code("R")
            .archive();

    try (TorchFile opened = open(file)) {
      assertThat(opened.names()).containsExactly("a");
    }
  }

  /** Offsets and lengths that need 64 bits stand in a field of their own (Zip64). */
  @Test
  void an_archive_beyond_four_gibibytes_is_mapped_to_its_last_byte() throws IOException {
    long length = (4L << 30) + 8;
    byte[] pickle =
        new PickleBytes()
            .code("}")
            .text("w")
            .global("torch._utils", "_rebuild_tensor_v2")
            .code("(")
            .storage("ByteStorage", "0", length)
            .whole(length - 4)
            .tuple(4)
            .tuple(1)
            .code(0x89)
            .code("}tRs")
            .end();
    Path path = folder.resolve("large.ckpt");
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      BigZip zip = new BigZip(out);
      zip.entry("m/data/0", length, new byte[] {1, 2, 3, 4});
      zip.entry("m/data.pkl", pickle.length, pickle);
      zip.end();
    }

    try (TorchFile file = TorchFile.open(path)) {
      assertThat(file.get("w").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
    }
  }

  /** Writes archives as PyTorch does when they are large; what is not written is a hole. */
  private static final class BigZip {
    private final RandomAccessFile out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    BigZip(RandomAccessFile out) {
      this.out = out;
    }

    void entry(String name, long length, byte[] last) throws IOException {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      long local = out.getFilePointer();
      out.write(little(4, 0x04034b50));
      out.write(new byte[22]);
      out.write(little(2, utf8.length));
      out.write(new byte[2]);
      out.write(utf8);
      out.seek(out.getFilePointer() + length - last.length);
      out.write(last);
      CRC32 sum = new CRC32();
      sum.update(last);
      directory.writeBytes(little(4, 0x02014b50));
      directory.writeBytes(new byte[12]);
      directory.writeBytes(little(4, sum.getValue()));
      directory.writeBytes(little(8, -1));
      directory.writeBytes(little(2, utf8.length));
      directory.writeBytes(little(2, 28));
      directory.writeBytes(new byte[10]);
      directory.writeBytes(little(4, -1));
      directory.writeBytes(utf8);
      directory.writeBytes(little(2, 1));
      directory.writeBytes(little(2, 24));
      directory.writeBytes(little(8, length));
      directory.writeBytes(little(8, length));
      directory.writeBytes(little(8, local));
      entries++;
    }

    void end() throws IOException {
      long start = out.getFilePointer();
      out.write(directory.toByteArray());
      long end = out.getFilePointer();
      out.write(little(4, 0x06064b50));
      out.write(little(8, 44));
      out.write(new byte[12]);
      out.write(little(8, entries));
      out.write(little(8, entries));
      out.write(little(8, directory.size()));
      out.write(little(8, start));
      out.write(little(4, 0x07064b50));
      out.write(new byte[4]);
      out.write(little(8, end));
      out.write(little(4, 1));
      out.write(little(4, 0x06054b50));
      out.write(new byte[4]);
      out.write(little(8, -1));
      out.write(little(4, -1));
      out.write(new byte[2]);
    }

    private static byte[] little(int width, long value) {
      byte[] bytes = new byte[width];
      for (int i = 0; i < width; i++) {
        bytes[i] = (byte) (value >> (8 * i));
      }
      return bytes;
    }
  }

  private TorchFile open(byte[] content) throws IOException {
    return TorchFile.open(Files.write(folder.resolve("model.ckpt"), content));
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path path = Files.write(folder.resolve("model.ckpt"), content);

    assertThatThrownBy(() -> TorchFile.open(path))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(message);
  }
}
