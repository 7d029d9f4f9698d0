package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
  private static final String AGAIN = "; the file is damaged or forged, download it again";

  // One row a case: header with ' for ", bytes of data, message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}} | 1 | tensor 'a' has elements of type 'F8_E4M3', which this version of Songe does not read; use a float16 or float32 version of the file
          {'a':{'dtype':'U64','shape':[1],'data_offsets':[0,8]}} | 8 | tensor 'a' has elements of type 'U64', which this version of Songe does not read; use a float16 or float32 version of the file
          {'a':{'dtype':32,'shape':[1],'data_offsets':[0,4]}} | 4 | tensor 'a' has a dtype that is not text; the file is damaged or forged, download it again
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}} | 8 | tensor 'a' is F32 [1] but has 8 bytes; the file is damaged or forged, download it again
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,5]}} | 5 | tensor 'a' is F32 [1] but has 5 bytes; the file is damaged or forged, download it again
          {'a':{'dtype':'F32','shape':[0],'data_offsets':[0,4]}} | 4 | tensor 'a' is F32 [0] but has 4 bytes; the file is damaged or forged, download it again
          {'a':{'dtype':'F64','shape':[2305843009213693952],'data_offsets':[0,0]}} | 0 | tensor 'a' is F64 [2305843009213693952] but has 0 bytes; the file is damaged or forged, download it again
          {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | 0 | tensor 'a' has a shape of more elements than can be counted; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape with '-1', not a whole number below 2^63; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape with '1.0', not a whole number below 2^63; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':['1'],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape with '1', not a whole number below 2^63; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[[1]],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape with '[', not a whole number below 2^63; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[9223372036854775808],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape with '9223372036854775808', not a whole number below 2^63; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':1,'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape that is not a list; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,1]}} | 1 | tensor 'a' has a shape of more than 16 numbers; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}} | 1 | tensor 'a' has data_offsets that are not two ascending numbers; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[1,0]}} | 1 | tensor 'a' has data_offsets that are not two ascending numbers; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}} | 1 | tensor 'a' has a data_offsets of more than 2 numbers; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[9223372036854775807],'data_offsets':[0,9223372036854775807]}} | 1 | is truncated: its tensors need 9223372036854775807 bytes of data but only 1 are there; download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | has 1 unused bytes between the header and tensor 'a'; it is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 3 | has 2 bytes after the last tensor that belong to none; it is damaged or forged, download it again
          {} | 1 | has 1 bytes after the last tensor that belong to none; it is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | 3 | tensor 'b' overlaps tensor 'a'; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[0],'data_offsets':[1,1]}} | 2 | tensor 'b' overlaps tensor 'a'; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | has two tensors of the name 'a'; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','dtype':'I8','shape':[1],'data_offsets':[0,1]}} | 1 | tensor 'a' has the field 'dtype' twice; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1],'strides':[1]}} | 1 | tensor 'a' has an unknown field 'strides'; the file is damaged or forged, download it again
          {'a':{'dtype':'U8','shape':[1]}} | 1 | tensor 'a' lacks one of the fields 'dtype', 'shape', 'data_offsets'; the file is damaged or forged, download it again
          {'a':null} | 0 | tensor 'a' is not a JSON object; the file is damaged or forged, download it again
          {'__metadata__':{'a':1}} | 0 | metadata 'a' is not text; the file is damaged or forged, download it again
          {'__metadata__':{'a':'','a':''}} | 0 | has metadata 'a' twice; the file is damaged or forged, download it again
          {'__metadata__':{},'__metadata__':{}} | 0 | its header has two '__metadata__'; the file is damaged or forged, download it again
          {'__metadata__':[]} | 0 | its '__metadata__' is not a JSON object; the file is damaged or forged, download it again
          {'\\ud800':{}} | 0 | its header is not JSON as expected; the file is damaged or forged, download it again
          {'__metadata__':{'a':'\\udc00x'}} | 0 | metadata 'a' is not proper Unicode; the file is damaged or forged, download it again
          {}{} | 0 | has text after the end of its header; the file is damaged or forged, download it again
          {'a' | 0 | its header is not JSON as expected; the file is damaged or forged, download it again
          {'a':NaN} | 0 | its header is not JSON as expected; the file is damaged or forged, download it again
          """)
  void a_header_that_lies_is_refused_with_a_reason(String json, int dataLength, String message) {
    byte[] file = SafetensorsBytes.file(json.replace('\'', '"'), dataLength);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("m.safetensors: " + message);
  }

  @Test
  void order_in_the_header_is_free_and_metadata_may_come_last() {
    byte[] file =
        SafetensorsBytes.file(
            """
            {"b": {"data_offsets": [2, 3], "shape": [], "dtype": "I8"},
             "a": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]},
             "__metadata__": {"k": "v"}}
            """,
            3);

    SafetensorsHeader header = read(file);

    assertThat(header.slots()).extracting(SafetensorsHeader.Slot::name).containsExactly("a", "b");
    assertThat(header.metadata()).containsEntry("k", "v");
  }

  @Test
  void a_length_beyond_the_file_is_refused_without_reading() {
    byte[] file = SafetensorsBytes.file(90_000_000, "{}".getBytes(StandardCharsets.UTF_8), 10);

    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "m.safetensors: is truncated: its header has 90000000 bytes but only 12 are there; download it again");
  }

  @Test
  void a_length_beyond_the_specification_is_refused() {
    byte[] file = SafetensorsBytes.file(-1, "{}".getBytes(StandardCharsets.UTF_8), 10);

    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "m.safetensors: claims a header of 18446744073709551615 bytes, allowed are 2 to 100000000; it is damaged, download it again");
  }

  @Test
  void another_kind_of_file_is_recognised() {
    byte[] page = "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> read(page))
        .hasMessage("m.safetensors: is not a safetensors file; check what was downloaded");
  }

  @Test
  void a_header_that_is_not_utf8_is_refused() {
    byte[] header = "{\"\u00ff\":1}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(SafetensorsBytes.file(header.length, header, 0)))
        .hasMessage("m.safetensors: its header is not UTF-8" + AGAIN);
  }

  @Test
  void names_of_control_characters_do_not_reach_the_terminal() {
    byte[] file = SafetensorsBytes.file("{\"\\u001b[2J\\u202e\":{\"x\":1}}", 0);

    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("tensor '\\u001b[2J\\u202e' has an unknown field 'x'");
  }

  @Test
  void long_names_are_refused_and_shortened_in_messages() {
    byte[] file = SafetensorsBytes.file("{\"" + "n".repeat(1000) + "\":1}", 0);
    byte[] tooLong = SafetensorsBytes.file("{\"" + "n".repeat(1025) + "\":1}", 0);

    assertThatThrownBy(() -> read(file)).hasMessageContaining("'" + "n".repeat(80) + "...'");
    assertThatThrownBy(() -> read(tooLong)).hasMessageContaining("is not JSON as expected");
  }

  @Test
  void a_large_hostile_header_takes_little_memory() {
    String entry = "{\"a\":{\"dtype\":\"U8\",\"shape\":[";
    String deep = "{\"a\":".repeat(4_000_000);
    String wide = entry + "0,".repeat(8_000_000);
    for (String json : List.of(deep, wide)) {
      assertThat(allocatedByRefusing(json)).isLessThan(1 << 20);
    }
  }

  @Test
  void a_token_as_long_as_the_header_is_not_read_to_its_end() {
    String name = "{\"" + "n".repeat(50_000_000);
    String digits = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + "9".repeat(50_000_000);

    for (String json : List.of(name, digits)) {
      assertThat(allocatedByRefusing(json)).isLessThan(80 << 20);
    }
  }

  @Test
  void more_tensors_than_any_model_has_are_refused() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i <= 100_000; i++) {
      json.append("\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
    }

    assertThatThrownBy(() -> read(SafetensorsBytes.file(json.toString(), 0)))
        .hasMessageContaining("has more than 100000 tensors");
  }

  @Test
  void more_metadata_than_any_model_has_are_refused() {
    String text = "x".repeat(9 << 20);
    String json = "{\"__metadata__\":{\"a\":\"%s\",\"b\":\"%s\"}}".formatted(text, text);

    assertThatThrownBy(() -> read(SafetensorsBytes.file(json, 0)))
        .hasMessageContaining(
            "has more than 10000 metadata entries or 16777216 characters of them");
  }

  private static SafetensorsHeader read(byte[] file) {
    return SafetensorsHeader.read(MemorySegment.ofArray(file), new FileLabel("m.safetensors"));
  }

  private static long allocatedByRefusing(String json) {
    byte[] file = SafetensorsBytes.file(json, 0);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(file)).isInstanceOf(BrokenFileException.class);
    return thread.getCurrentThreadAllocatedBytes() - before;
  }
}
