package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.torch.TorchCheckpoint;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is in a checkpoint, it is read or refused, and nothing else happens. Pickles alone are
 * spoiled by PickleFuzzTest.
 */
class TorchFuzzTest {
  private static final int CASES = 15_000;
  private static final List<String> ARCHIVES =
      List.of("types.pt", "layouts.pt", "protocol4.pt", "training.ckpt", "inversion.pt");

  private static final List<String> ARCHIVE_REFUSALS =
      List.of(
          "archive's directory at the end is missing",
          "whose directory contradicts itself",
          "is an encrypted archive",
          "which is neither stored nor deflate",
          "would unpack to more than",
          "does not unpack as its directory says",
          "says that its numbers are in byte order",
          "has a storage '");

  private static final List<String> LEGACY_REFUSALS =
      List.of(
          "is a pickle, but not one that PyTorch wrote",
          "is of a version that PyTorch never wrote",
          "in which byte order",
          "lists a storage twice",
          "says two different lengths",
          "bytes behind its storages",
          "its pickle goes on beyond",
          "is not on the short list");

  @Test
  void spoiled_archives() throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (String name : ARCHIVES) {
      originals.add(Files.readAllBytes(Golden.file("torch/" + name)));
    }
    // Most of an archive's bytes are of no consequence; in a compressed one all are.
    byte[] deflated = Files.readAllBytes(Golden.file("torch/deflated.pt"));
    for (int i = 0; i < ARCHIVES.size(); i++) {
      originals.add(deflated);
    }

    Map<String, Integer> outcomes =
        new Fuzzing(
                seed -> spoiled(originals, new SplittableRandom(seed)),
                (file, label) -> readWholly(TorchCheckpoint.readZip(file, label)),
                ARCHIVE_REFUSALS,
                // A compressed file of a few kilobytes may claim to be a megabyte long.
                4 << 20)
            .run(CASES);

    assertThat(outcomes).containsKeys(ARCHIVE_REFUSALS.toArray(String[]::new));
    assertThat(outcomes.get("read")).isBetween(CASES / 50, CASES / 2);
  }

  @Test
  void spoiled_files_of_the_old_form() throws IOException {
    List<byte[]> originals =
        List.of(
            Files.readAllBytes(Golden.file("torch/legacy.bin")),
            Files.readAllBytes(Golden.file("torch/training-legacy.ckpt")));

    Map<String, Integer> outcomes =
        new Fuzzing(
                seed -> spoiled(originals, new SplittableRandom(seed)),
                (file, label) -> readWholly(TorchCheckpoint.readLegacy(file, label)),
                LEGACY_REFUSALS,
                128 << 10)
            .run(CASES);

    assertThat(outcomes).containsKeys(LEGACY_REFUSALS.toArray(String[]::new));
    assertThat(outcomes.get("read")).isBetween(CASES / 50, CASES / 2);
  }

  private static void readWholly(TorchCheckpoint checkpoint) {
    checkpoint
        .tensors()
        .forEach((name, tensor) -> {
          MemorySegment data = tensor.data().get();
          if (!name.equals(tensor.name())
              || data.byteSize() != tensor.bytes()
              || tensor.bytes() != tensor.shape().elements() * tensor.dtype().bytes()) {
            throw new AssertionError(name);
          }
        });
  }

  private static byte[] spoiled(List<byte[]> originals, SplittableRandom random) {
    return ByteMutation.spoil(originals.get(random.nextInt(originals.size())), random);
  }
}
