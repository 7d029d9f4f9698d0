package io.songe.format.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.file.FileLabel;
import io.songe.format.ByteMutation;
import io.songe.format.Fuzzing;
import io.songe.format.Golden;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Whatever a pickle says, tensors come out or a refusal, and nothing else happens. */
class PickleFuzzTest {
  private static final int CASES = 100_000;
  private static final List<String> ARCHIVES =
      List.of("types", "layouts", "protocol4", "training", "inversion");

  /** Pieces that a pickle may be given, each of some sense in the right place. */
  private static final List<byte[]> PIECES =
      List.of(
          ascii("cposix\nsystem\n"),
          ascii("ccollections\nOrderedDict\n"),
          ascii("ctorch\nSize\n"),
          ascii("(iposix\nsystem\n"),
          ascii(")R"),
          ascii("}b"),
          ascii("(t"),
          ascii("(l"),
          ascii("(d"),
          ascii("]"),
          ascii("}"),
          ascii("N"),
          ascii("K\1"),
          ascii("U\1a"),
          ascii("h\0"),
          ascii("h\3"),
          ascii("q\0"),
          ascii("s"),
          ascii("a"),
          ascii("0"),
          ascii("1"),
          ascii("2"),
          ascii("Q"),
          ascii("R"),
          ascii("b"),
          ascii("."),
          ascii("I01\n"),
          ascii("L12345678901L\n"),
          ascii("F1.5\n"),
          ascii("g0\n"),
          ascii("J\377\377\377\377"),
          ascii("M\377\377"),
          ascii("\215\377\377\377\377\377\377\377\177"),
          ascii("\212\11\0\0\0\0\0\0\0\0\1"),
          ascii("\223"),
          ascii("\224"),
          ascii("\201"),
          ascii("\227"));

  private static final List<String> REFUSALS =
      List.of(
          "is not on the short list of what weights need",
          "pickle goes on beyond",
          "bytes behind",
          "takes a value where there is none",
          "leaves values behind",
          "closes what it did not open",
          "which weights do not need",
          "recalls value",
          "is of the unknown protocol",
          "is not valid UTF-8",
          "what is no dictionary, or a key without its value",
          "appends to what is no list",
          "key is no text, number or name",
          "two entries of the name",
          "calls what is no name, or not with a tuple",
          "gives attributes to what has none",
          "names something by what is no text",
          "refers to something that is no storage",
          "two different storages of the key",
          "without a storage and a layout",
          "without a tensor;",
          "without a tuple",
          "dimensions and",
          "reaches beyond its storage",
          "are not whole numbers from 0",
          "begins before its storage",
          "holds a text of",
          "holds a whole number of");

  @Test
  void spoiled_pickles_bring_only_our_own_exception_and_bounded_memory() throws IOException {
    List<byte[]> pickles = new ArrayList<>();
    for (String name : ARCHIVES) {
      String file = name + (name.equals("training") ? ".ckpt" : ".pt");
      try (ZipFile zip = new ZipFile(Golden.file("torch/" + file).toFile())) {
        pickles.add(zip.getInputStream(zip.getEntry(name + "/data.pkl")).readAllBytes());
      }
    }

    Map<String, Integer> outcomes =
        new Fuzzing(
                seed -> spoiled(pickles, new SplittableRandom(seed)),
                PickleFuzzTest::read,
                REFUSALS,
                128 << 10)
            .run(CASES);

    // The mutations must reach the checks, or they prove nothing.
    assertThat(outcomes).containsKeys(REFUSALS.toArray(String[]::new));
    assertThat(outcomes.get("read")).isBetween(CASES / 50, CASES / 2);
  }

  private static void read(MemorySegment pickle, FileLabel label) {
    PickleInput in = new PickleInput(pickle, label);
    PickleValue root = PickleMachine.read(in, label).root();
    if (in.position() != pickle.byteSize()) {
      throw label.broken("bytes behind");
    }
    TensorNames.of(root, PickleFuzzTest::imagined, label)
        .tensors()
        .forEach((name, tensor) -> {
          if (tensor.bytes() != tensor.shape().elements() * tensor.dtype().bytes()
              || !name.equals(tensor.name())) {
            throw new AssertionError(name);
          }
        });
  }

  /** Of which nothing is read here. */
  private static StorageData imagined(PickleValue.Storage storage) {
    return new StorageData(storage.elements(), () -> MemorySegment.ofArray(new byte[0]));
  }

  private static byte[] spoiled(List<byte[]> pickles, SplittableRandom random) {
    return spoiledPickle(pickles.get(random.nextInt(pickles.size())), random);
  }

  private static byte[] spoiledPickle(byte[] pickle, SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return ByteMutation.spoil(pickle, random);
    }
    byte[] spoiled = pickle;
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      byte[] piece = PIECES.get(random.nextInt(PIECES.size()));
      int at = random.nextInt(spoiled.length);
      int removed = Math.min(random.nextInt(4), spoiled.length - at);
      spoiled = ByteMutation.spliced(spoiled, at, removed, piece);
    }
    return spoiled;
  }

  private static byte[] ascii(String piece) {
    return piece.getBytes(StandardCharsets.ISO_8859_1);
  }
}
