package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder sharded/ is written by tools/golden/safetensors_files.py. */
class ShardedWeightsTest {
  @TempDir Path folder;

  @Test
  void reads_what_the_reference_library_spread_over_files() {
    try (TensorSource source =
        ShardedWeights.open(Golden.file("sharded/model.safetensors.index.json"))) {
      assertThat(source.names())
          .containsExactly(
              "layer.0.weight",
              "layer.1.weight",
              "layer.2.weight",
              "layer.3.weight",
              "layer.4.weight");
      for (int i = 0; i < 5; i++) {
        assertThat(source.get("layer." + i + ".weight").data().toArray(ValueLayout.JAVA_FLOAT))
            .containsExactly(i, i, i, i);
      }
      assertThat(source.metadata()).containsOnlyKeys("format").containsEntry("format", "pt");
    }
  }

  @Test
  void closing_closes_every_shard() throws IOException {
    shard("a.safetensors", "one");
    shard("b.safetensors", "two");
    ShardedWeights source = open("{\"one\":\"a.safetensors\",\"two\":\"b.safetensors\"}");

    source.close();
    source.close();

    assertThatIllegalStateException().isThrownBy(() -> source.get("one"));
    assertThatIllegalStateException().isThrownBy(() -> source.get("two"));
  }

  @Test
  void metadata_on_which_shards_disagree_are_left_out() throws IOException {
    String shared = "\"__metadata__\":{\"same\":\"1\",\"other\":\"%s\"},";
    shard("a.safetensors", "one", shared.formatted("x"));
    shard("b.safetensors", "two", shared.formatted("y"));

    try (TensorSource source = open("{\"one\":\"a.safetensors\",\"two\":\"b.safetensors\"}")) {
      assertThat(source.metadata()).containsOnlyKeys("same");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.safetensors",
        "/a.safetensors",
        "sub/a.safetensors",
        "..\\\\a.safetensors",
        "C:a.safetensors",
        "a.safetensors:stream",
        "a.pkl",
        "..",
        "",
        ".safetensors",
        "a\\u0000.safetensors",
        "\u00e9.safetensors"
      })
  void a_shard_outside_the_folder_or_of_another_kind_is_refused(String file) {
    assertThatThrownBy(() -> open("{\"one\":\"" + file + "\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("model.safetensors.index.json: names the shard '")
        .hasMessageEndingWith(
            "but a shard must be a plainly named .safetensors or .bin file beside the index; do not trust this model");
  }

  @Test
  void a_missing_shard_is_named() throws IOException {
    shard("a.safetensors", "one");

    assertThatThrownBy(() -> open("{\"one\":\"a.safetensors\",\"two\":\"b.safetensors\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("b.safetensors: there is no such file");
  }

  @Test
  void a_tensor_that_is_not_in_its_shard_is_named() throws IOException {
    shard("a.safetensors", "one");

    assertThatThrownBy(() -> open("{\"one\":\"a.safetensors\",\"two\":\"a.safetensors\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "lists tensor 'two' in 'a.safetensors', where it is not; index and shards are of different models, download all of them again");
  }

  @Test
  void a_tensor_that_the_index_does_not_list_is_named() throws IOException {
    shard("a.safetensors", "one");
    shard("b.safetensors", "two");

    assertThatThrownBy(() -> open("{\"two\":\"b.safetensors\",\"three\":\"a.safetensors\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("does not list tensor 'one', which is in 'a.safetensors'");
  }

  @Test
  void a_tensor_in_two_shards_is_refused() throws IOException {
    shard("a.safetensors", "one");
    shard("b.safetensors", "one");
    shard("c.safetensors", "two");

    assertThatThrownBy(() ->
            open("{\"one\":\"a.safetensors\",\"x\":\"b.safetensors\",\"two\":\"c.safetensors\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("does not list tensor 'one', which is in 'b.safetensors'");
  }

  @Test
  void an_index_without_a_weight_map_is_refused() throws IOException {
    Path index = Files.writeString(folder.resolve("m.safetensors.index.json"), "{}");

    assertThatThrownBy(() -> ShardedWeights.open(index))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("lacks the option 'weight_map'");
  }

  @Test
  void a_wrong_file_in_the_index_is_no_text() {
    assertThatThrownBy(() -> open("{\"one\":7}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("option 'weight_map.one' is 7, expected a text");
  }

  private ShardedWeights open(String weightMap) throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"metadata\":{\"total_size\":1},\"weight_map\":" + weightMap + "}");
    return ShardedWeights.open(index);
  }

  private void shard(String file, String tensor) {
    shard(file, tensor, "");
  }

  private void shard(String file, String tensor, String metadata) {
    String json =
        "{%s\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}"
            .formatted(metadata, tensor);
    SafetensorsBytes.write(folder.resolve(file), json, 1);
  }
}
