package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.file.FileHash;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRAs and embeddings on the command line: small ones for the bundled model, made here. */
class AdaptersTest {
  private static final String LAYER =
      "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_v";
  private static final int CHANNELS = 256;
  private static final int WIDTH = 320;

  @TempDir private Path folder;
  private Path lora;

  @BeforeEach
  void writeAdapters() throws IOException {
    lora =
        Files.createDirectories(folder.resolve("models/loras/styles")).resolve("ink.safetensors");
    SafetensorsWriter.write(
        lora,
        List.of(
            filled(LAYER + ".lora_down.weight", 0.5f, 1, CHANNELS),
            filled(LAYER + ".lora_up.weight", 0.5f, CHANNELS, 1)),
        Map.of());
    SafetensorsWriter.write(
        Files.createDirectories(folder.resolve("models/embeddings")).resolve("mimi.safetensors"),
        List.of(filled("emb_params", 0.1f, 2, WIDTH)),
        Map.of());
  }

  private static StoredTensor filled(String name, float value, long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(values, value);
    return new StoredTensor(name, DType.FLOAT32, shape, MemorySegment.ofArray(values));
  }

  private Run songe(String... arguments) {
    return new Run.Setting().with("SONGE_MODELS", folder.resolve("models")).run(arguments);
  }

  private Run draw(String name, String... words) {
    List<String> usual =
        List.of("--size", "64", "--steps", "2", "--seed", "1", "--out", file(name).toString());
    String[] all = Arrays.copyOf(words, words.length + usual.size() + 1);
    System.arraycopy(words, 0, all, 1, words.length);
    all[0] = "imagine";
    for (int i = 0; i < usual.size(); i++) {
      all[words.length + 1 + i] = usual.get(i);
    }
    return songe(all);
  }

  private Path file(String name) {
    return folder.resolve(name + ".png");
  }

  private Png drawn(String name, String... words) {
    Run run = draw(name, words);
    assertThat(run.code()).as(run.err()).isZero();
    return Png.read(file(name), PngLimits.DEFAULT);
  }

  @Test
  void a_lora_of_the_folder_changes_the_picture_and_is_in_its_recipe() {
    Png plain = drawn("plain", "a cat");

    Png changed = drawn("changed", "a cat", "--lora", "ink:0,5");

    assertThat(changed.image()).isNotEqualTo(plain.image());
    assertThat(Recipe.of(changed.texts()).orElseThrow().adapters())
        .containsExactly(new AppliedAdapter("lora", "ink", 0.5, 0.5, FileHash.sha256(lora)));
    assertThat(Recipe.of(plain.texts()).orElseThrow().toJson()).doesNotContain("adapters");
  }

  @Test
  void a_tag_in_the_prompt_does_what_the_option_does() {
    Png byOption = drawn("option", "a cat", "--lora", lora + ":0.5");

    Png byTag = drawn("tag", "a cat<lora:ink:0.5>");

    assertThat(byTag.image()).isEqualTo(byOption.image());
  }

  @Test
  void a_picture_with_adapters_is_made_again() {
    drawn("first", "a mimi <lora:ink:0.5:1>", "--embedding", "mimi");

    Run again = songe("again", file("first").toString());

    assertThat(again.out()).startsWith("identical: all 4,096 pixels are the same");
  }

  @Test
  void a_picture_is_not_made_again_with_another_lora_of_the_same_name() throws IOException {
    drawn("first", "a cat", "--lora", "ink");
    String sha256 = FileHash.sha256(lora);
    Files.delete(lora);
    SafetensorsWriter.write(
        lora,
        List.of(
            filled(LAYER + ".lora_down.weight", 0.25f, 1, CHANNELS),
            filled(LAYER + ".lora_up.weight", 0.5f, CHANNELS, 1)),
        Map.of());

    Run again = songe("again", file("first").toString());

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "songe: the picture was drawn with ink, a file of the SHA-256 %s, which is not in %s; put it there\n"
                .formatted(sha256, folder.resolve("models/loras")));
  }

  @Test
  void a_word_of_an_embedding_changes_the_picture_only_where_it_stands() {
    Png plain = drawn("plain", "a cat");
    Png unknown = drawn("unknown", "a mimi");

    Png without = drawn("without", "a cat", "--embedding", "mimi");
    Png with = drawn("with", "a mimi", "--embedding", "mimi");

    assertThat(without.image()).isEqualTo(plain.image());
    assertThat(with.image()).isNotEqualTo(unknown.image());
  }

  @Test
  void a_name_that_is_not_there_is_refused_with_the_nearest() {
    assertThat(draw("x", "a cat <lora:inc:0.5>").err())
        .isEqualTo("songe: there is no LoRA \"inc\"; did you mean ink? Known are ink\n");
    assertThat(draw("x", "a cat", "--embedding", "mini").err())
        .isEqualTo("songe: there is no embedding \"mini\"; did you mean mimi? Known are mimi\n");
  }

  @Test
  void a_prompt_cannot_name_a_file() {
    assertThat(draw("x", "a cat <lora:" + lora + ":0.5>").err())
        .startsWith("songe: there is no LoRA \"" + lora);
  }

  @Test
  void an_empty_folder_is_told() throws IOException {
    Files.delete(lora);

    assertThat(draw("x", "a cat", "--lora", "ink").err())
        .isEqualTo(
            "songe: there is no LoRA \"ink\"; put its file into %s, or give the file itself\n"
                .formatted(folder.resolve("models/loras")));
  }

  @Test
  void info_tells_adapters() {
    drawn("told", "a mimi <lora:ink:0.5:1>", "--embedding", "mimi");

    String told = songe("info", file("told").toString()).out();

    assertThat(told).contains("\nLoRA: ink:0.5:1\n", "\nembedding: mimi\n");
  }
}
