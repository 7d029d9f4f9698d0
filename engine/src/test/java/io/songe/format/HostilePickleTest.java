package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that would run code in Python, fill the memory, or lie about their tensors. */
class HostilePickleTest {
  private static final String NOT_ON_THE_LIST =
      ", which is not on the short list of what weights need; nothing of it was run. Do not open this file with other programs unless you trust it; get a .safetensors version";
  private static final String FORGED = "; the file is damaged or forged, download it again";

  @TempDir Path folder;

  private void assertRefused(byte[] file, String message) throws IOException {
    Path path = Files.write(folder.resolve("model.ckpt"), file);

    assertThatThrownBy(() -> WeightsFile.open(path))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(message);
  }

  /** The first five write a marker file when Python reads them; the others lead on to such. */
  static Stream<Arguments> programs() {
    return Stream.of(
        program(
            "posix.system",
            marker ->
                PickleBytes.dictionary()
                    .text("x")
                    .global("posix", "system")
                    .code("(")
                    .text("touch " + marker)
                    .code("tRs")),
        program(
            "builtins.eval",
            marker ->
                PickleBytes.dictionary()
                    .text("x")
                    .global("builtins", "eval")
                    .code("(")
                    .text("open('" + marker + "', 'w')")
                    .code("tRs")),
        program(
            "os.system",
            marker ->
                new PickleBytes()
                    .text("os")
                    .text("system")
                    .code(0x93)
                    .code("(")
                    .text("touch " + marker)
                    .code("tR")),
        program(
            "os.system",
            marker -> new PickleBytes().code("(").text("touch " + marker).code("ios\nsystem\n")),
        program(
            "subprocess.Popen",
            marker ->
                new PickleBytes()
                    .global("subprocess", "Popen")
                    .code("((")
                    .text("touch")
                    .text(marker)
                    .code("lt")
                    .code("R")),
        program(
            "torch.storage._load_from_bytes",
            marker ->
                new PickleBytes()
                    .global("torch.storage", "_load_from_bytes")
                    .code("(C")
                    .code(0)
                    .code("tR")),
        program(
            "builtins.getattr",
            marker ->
                PickleBytes.dictionary()
                    .text("x")
                    .global("builtins", "getattr")
                    .code("(")
                    .global("torch", "Size")
                    .text("__class__")
                    .code("tRs")));
  }

  private static Arguments program(String global, Function<String, PickleBytes> writing) {
    return Arguments.of(global, writing);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void a_pickle_that_would_run_code_is_refused_by_the_name_of_what_it_calls(
      String global, Function<String, PickleBytes> writing) throws IOException {
    Path marker = folder.resolve("marker");
    byte[] archive = writing.apply(marker.toString()).archive();
    byte[] bare = writing.apply(marker.toString()).end();

    assertRefused(archive, "model.ckpt: its pickle names '" + global + "'" + NOT_ON_THE_LIST);
    assertRefused(bare, "model.ckpt: its pickle names '" + global + "'" + NOT_ON_THE_LIST);
    assertThat(marker).doesNotExist();
  }

  @Test
  void a_pickle_of_the_oldest_protocol_is_refused_by_the_name_of_what_it_calls()
      throws IOException {
    Path marker = folder.resolve("marker");
    byte[] file =
        "cposix\nsystem\n(S'touch %s'\ntR.".formatted(marker).getBytes(StandardCharsets.UTF_8);

    assertRefused(file, "model.ckpt: its pickle names 'posix.system'" + NOT_ON_THE_LIST);
    assertThat(marker).doesNotExist();
  }

  @Test
  void names_that_stand_for_themselves_are_not_called() throws IOException {
    String callback = "pytorch_lightning.callbacks.model_checkpoint";

    assertRefused(
        new PickleBytes().global(callback, "ModelCheckpoint").code(")R").archive(),
        "its pickle makes an object of '" + callback + ".ModelCheckpoint'" + NOT_ON_THE_LIST);
    assertRefused(
        new PickleBytes().global("torch", "FloatStorage").code(")R").archive(),
        "its pickle makes an object of 'torch.FloatStorage'" + NOT_ON_THE_LIST);
  }

  @Test
  void a_storage_of_a_type_that_is_none_is_refused_by_name() throws IOException {
    assertRefused(
        new PickleBytes()
            .code("(")
            .text("storage")
            .global("torch", "Size")
            .text("0")
            .text("cpu")
            .whole(4)
            .code("tQ")
            .archive(),
        "its pickle makes a storage of 'torch.Size'" + NOT_ON_THE_LIST);
    assertRefused(
        new PickleBytes().storage("ComplexFloatStorage", "0", 4).archive(),
        "its pickle names 'torch.ComplexFloatStorage'" + NOT_ON_THE_LIST);
  }

  @Test
  void a_name_of_control_codes_does_not_reach_the_terminal() throws IOException {
    assertRefused(
        new PickleBytes().global("\033[31mposix", "system").archive(),
        "its pickle names '\\u001b[31mposix.system'" + NOT_ON_THE_LIST);
  }

  static Stream<Arguments> liesAboutTensors() {
    long[] four = {4};
    long[] one = {1};
    return Stream.of(
        lie(
            new PickleBytes().tensor(1, four, one),
            "has a tensor [4] that reaches beyond its storage of 4 elements"),
        lie(
            new PickleBytes().tensor(0, four, new long[] {2}),
            "has a tensor [4] that reaches beyond its storage of 4 elements"),
        lie(
            new PickleBytes().tensor(0, new long[] {1L << 40}, new long[] {0}),
            "has a tensor [1099511627776] over a storage of only 4 elements"),
        lie(
            new PickleBytes().tensor(0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0}),
            "has a tensor of more elements than can be counted"),
        lie(
            new PickleBytes().tensor(0, new long[] {3}, new long[] {Long.MAX_VALUE / 10}),
            "has a tensor [3] that reaches beyond its storage of 4 elements"),
        lie(new PickleBytes().tensor(-1, four, one), "has a tensor that begins before its storage"),
        lie(
            new PickleBytes().tensor(0, new long[] {-4}, one),
            "has a tensor whose extents and strides are not whole numbers from 0"),
        lie(
            new PickleBytes().tensor(3, four, new long[] {-1}),
            "has a tensor whose extents and strides are not whole numbers from 0"),
        lie(
            new PickleBytes().tensor(0, new long[17], new long[17]),
            "has a tensor of 17 dimensions and 17 strides"),
        lie(
            new PickleBytes().tensor(0, four, new long[] {1, 1}),
            "has a tensor of 1 dimensions and 2 strides"),
        lie(
            new PickleBytes().storage("FloatStorage", "0", 4).storage("HalfStorage", "0", 8),
            "has two different storages of the key '0'"));
  }

  private static Arguments lie(PickleBytes pickle, String message) {
    return Arguments.of(message, pickle);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liesAboutTensors")
  void a_tensor_outside_its_storage_is_refused(String message, PickleBytes pickle)
      throws IOException {
    assertRefused(pickle.archive(), "its pickle " + message + FORGED);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        lie(new PickleBytes().code("0"), "takes a value where there is none"),
        lie(new PickleBytes().code("(0"), "takes a value where there is none"),
        lie(new PickleBytes().code("]t"), "closes what it did not open"),
        lie(new PickleBytes().code("]]"), "leaves values behind"),
        lie(new PickleBytes().code('h', 7), "recalls value 7, which it did not keep"),
        lie(new PickleBytes().code("]K\1s"), "takes a value where there is none"),
        lie(
            new PickleBytes().code("]NNs"),
            "puts items into what is no dictionary, or a key without its value"),
        lie(
            new PickleBytes().code("}(Nu"),
            "puts items into what is no dictionary, or a key without its value"),
        lie(new PickleBytes().code("}Na"), "appends to what is no list"),
        lie(
            new PickleBytes().code("}]Ns"),
            "has a dictionary whose key is no text, number or name"),
        lie(
            new PickleBytes().code("}NNsNNs"),
            "has a dictionary with two entries of the name 'None'"),
        lie(new PickleBytes().code("])R"), "calls what is no name, or not with a tuple"),
        lie(new PickleBytes().code("N}b"), "gives attributes to what has none"),
        lie(new PickleBytes().code("NQ"), "refers to something that is no storage"),
        lie(
            new PickleBytes().code(0x82, 1),
            "holds the instruction 0x82, which weights do not need"),
        lie(new PickleBytes().code(0x97), "holds the instruction 0x97, which weights do not need"),
        lie(new PickleBytes().code(0x80, 9), "is of the unknown protocol 9"),
        lie(
            new PickleBytes().code("X").little(1).code(0xFF),
            "holds a text that is not valid UTF-8"),
        lie(new PickleBytes().code("I12x\n"), "holds the whole number '12x'"),
        lie(
            new PickleBytes().code(0x8b).little(1 << 30),
            "holds a whole number of 1073741824 bytes"),
        lie(
            new PickleBytes().code("S'\\x00'\n"),
            "holds a text with escapes, as no writer of weights makes them"),
        lie(new PickleBytes().code("Ftrue\n"), "holds the number 'true'"),
        lie(
            new PickleBytes().code("c" + "m".repeat(2000) + "\n"),
            "holds a line of more than 1000 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void a_malformed_pickle_is_refused(String message, PickleBytes pickle) throws IOException {
    assertRefused(pickle.archive(), "its pickle " + message + FORGED);
  }

  @Test
  void a_length_beyond_the_file_makes_nothing_of_that_length() throws IOException {
    assertRefused(
        new PickleBytes().code(0x8e).little(-1).little(0x7FFFFFFF).archive(),
        "is truncated: its pickle goes on beyond the 12 bytes that are there; download it again");
  }

  @Test
  void a_dictionary_that_contains_itself_is_refused() throws IOException {
    byte[] inItself = new PickleBytes().code("}q\0").text("state_dict").code("h\0s").archive();
    byte[] below = new PickleBytes().code("}q\0").text("a").code("h\0s").archive();

    assertRefused(inItself, tooMuch());
    assertRefused(below, tooMuch());
  }

  @Test
  void lists_that_double_at_every_level_are_refused() throws IOException {
    PickleBytes pickle = new PickleBytes().code("}").text("x").code("]");
    for (int level = 0; level < 25; level++) {
      // [x, x], where x is the list before.
      pickle.code('q', 0).code("0]h\0ah\0a");
    }

    assertRefused(pickle.code("s").archive(), tooMuch());
  }

  @Test
  void a_list_that_is_copied_again_and_again_is_refused() throws IOException {
    PickleBytes pickle = new PickleBytes().code("](").code("N".repeat(20_000)).code("e");
    pickle.code('q', 0).global("builtins", "set").code('q', 1);
    for (int copy = 0; copy < 60; copy++) {
      pickle.code("h\1h\0").code(0x85).code("R0");
    }

    assertRefused(
        pickle.code("0").archive(), "its pickle copies more than 1000000 values" + FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"]", "}", "N", "(", "K\1"})
  void a_pickle_of_millions_of_instructions_is_refused(String instruction) throws IOException {
    assertRefused(
        new PickleBytes().code(instruction.repeat(2_100_000)).archive(),
        "its pickle has more than 2000000 instructions" + FORGED);
  }

  @Test
  void an_archive_that_would_unpack_to_many_times_its_length_is_refused() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", PickleBytes.dictionary().end());
    entries.put("archive/data/0", new byte[20 << 20]);

    assertRefused(
        PickleBytes.zip(entries, true),
        "would unpack to more than 16 times its length, as no weights do; do not trust it");
  }

  @Test
  void a_well_formed_pickle_of_ours_is_opened() throws IOException {
    Path path = Files.write(folder.resolve("w.ckpt"), PickleBytes.dictionary().archive());

    try (TensorSource file = WeightsFile.open(path)) {
      assertThat(file.names()).containsExactly("w");
      assertThat(file.get("w").shape().toArray()).containsExactly(4);
    }
  }

  private static String tooMuch() {
    return "holds more, or deeper nested, than weights do (at most 100000 tensors among 1000000 values, 32 deep); it is damaged or forged, download it again";
  }
}
