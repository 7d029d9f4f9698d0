package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.error.BrokenFileException;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever single bit of a model's descriptions is another, or wherever a file ends too early: the
 * model is opened, or refused by a {@link BrokenFileException}, and nothing else. A failure names
 * its seed.
 */
class ModelFuzzTest {
  private static final Pattern NUMBER = Pattern.compile("[:,\\[]\\s*(-?[0-9][0-9.e+-]*)");

  private static final List<String> EXTREMES =
      List.of("0", "-1", "2147483647", "1e308", "1e-308", "NaN", "null", "[]");

  @TempDir Path temporary;

  private static List<String> files(TinyModel model) throws IOException {
    try (Stream<Path> all = Files.walk(model.folder())) {
      return all.filter(Files::isRegularFile)
          .map(file -> model.folder().relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"sd1, 2000", "sdxl, 300"})
  void spoiled_files_bring_only_our_own_exception(String family, int cases) throws IOException {
    TinyModel model = TinyModel.family(family).copy(temporary.resolve("model"));
    List<String> files = files(model);
    Map<String, byte[]> originals = new LinkedHashMap<>();
    for (String name : files) {
      originals.put(name, Files.readAllBytes(model.file(name)));
    }
    Map<String, Integer> opened = new TreeMap<>();
    Map<String, Integer> refused = new TreeMap<>();

    for (long seed = 0; seed < cases; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String name = files.get(random.nextInt(files.size()));
      byte[] original = originals.getOrDefault(name, new byte[0]);
      Files.write(model.file(name), spoiled(original, described(name, original), random));
      (opens(model.folder(), "seed " + seed) ? opened : refused).merge(name, 1, Integer::sum);
      Files.write(model.file(name), original);
    }

    // What a file says must matter, and some of it may be otherwise.
    assertThat(refused.keySet()).containsExactlyInAnyOrderElementsOf(files);
    assertThat(opened.keySet()).contains("model_index.json", "tokenizer/vocab.json");
    OpenFiles.assertNoneBelow(temporary);
  }

  @ParameterizedTest
  @CsvSource({"sd1, .*config.json", "sdxl, unet/config.json"})
  void extreme_numbers_are_refused_or_drawn_with(String family, String where) throws IOException {
    TinyModel model = TinyModel.family(family).copy(temporary.resolve("model"));
    Map<String, Integer> outcomes = new TreeMap<>();

    for (String name : files(model)) {
      if (!name.matches(where)) {
        continue;
      }
      String original = Files.readString(model.file(name));
      Matcher value = NUMBER.matcher(original);
      while (value.find()) {
        for (String extreme : EXTREMES) {
          String changed =
              original.substring(0, value.start(1)) + extreme + original.substring(value.end(1));
          Files.writeString(model.file(name), changed);
          String what = name + ": " + value.group() + " -> " + extreme;
          outcomes.merge(outcome(model.folder(), what), 1, Integer::sum);
        }
      }
      Files.writeString(model.file(name), original);
    }

    assertThat(outcomes).containsOnlyKeys("drawn", "refused");
  }

  private static String outcome(Path folder, String what) {
    if (!opens(folder, what)) {
      return "refused";
    }
    try (TextToImage drawing = TextToImage.open(folder, Precision.FP32)) {
      drawing.generate(drawing.request("a cat", 1).withSize(8, 8).withSteps(1));
      return "drawn";
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError(what, wrong);
    }
  }

  /** Of weights only the header describes anything. */
  private static int described(String name, byte[] file) {
    return name.endsWith(".safetensors")
        ? Long.BYTES + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong()
        : file.length;
  }

  private static byte[] spoiled(byte[] original, int described, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(original, random.nextInt(original.length));
    }
    byte[] spoiled = original.clone();
    spoiled[random.nextInt(described)] ^= (byte) (1 << random.nextInt(8));
    return spoiled;
  }

  private static boolean opens(Path folder, String what) {
    try (Checkpoint _ = Checkpoint.open(folder, DType.FLOAT32)) {
      return true;
    } catch (BrokenFileException refused) {
      assertThat(refused.getMessage())
          .as(what)
          .hasSizeLessThan(600)
          .doesNotContainPattern("\\p{Cntrl}")
          .doesNotContain(folder.toString())
          .contains(": ");
      return false;
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError(what, wrong);
    }
  }
}
