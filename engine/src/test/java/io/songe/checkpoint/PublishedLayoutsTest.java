package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.PickleBytes;
import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** One model, in the folder as different versions of the reference libraries wrote it. */
class PublishedLayoutsTest {
  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
  private static final String TEXT = "text_encoder/model.safetensors";

  @TempDir Path temporary;
  private TinyModel model;

  @BeforeEach
  void copy() {
    model = TinyModel.copyTo(temporary.resolve("model"));
  }

  private static Checkpoint open(Path folder) {
    return Checkpoint.open(folder, DType.FLOAT32);
  }

  /** Same configs, same weights, same names: the same model. */
  private static void assertSame(Path folder) {
    try (Checkpoint actual = open(folder);
        Checkpoint expected = open(TinyModel.original().folder())) {
      assertThat(actual.scheduler()).isEqualTo(expected.scheduler());
      assertSameNetwork(
          actual.parts().textEncoders().getFirst(), expected.parts().textEncoders().getFirst());
      assertSameNetwork(actual.parts().unet(), expected.parts().unet());
      assertSameNetwork(actual.parts().autoencoder(), expected.parts().autoencoder());
      assertThat(actual.textTowers().getFirst().tokenizer().encode("a small red cat, né").toArray())
          .containsExactly(
              expected.textTowers().getFirst().tokenizer().encode("a small red cat, né").toArray());
    }
  }

  private static void assertSameNetwork(
      ModelParts.Network<?> actual, ModelParts.Network<?> expected) {
    assertThat(actual.config()).isEqualTo(expected.config());
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  private static Map<String, List<Object>> bits(ModelParts.Network<?> network) {
    Map<String, List<Object>> bits = new TreeMap<>();
    try (Scope _ = Scope.open()) {
      network
          .tensors()
          .forEach((name, stored) -> {
            Tensor tensor = stored.toTensor();
            bits.put(name, List.of(tensor.shape(), floats(tensor)));
          });
    }
    return bits;
  }

  private static List<Float> floats(Tensor tensor) {
    List<Float> all = new ArrayList<>();
    for (float value : tensor.toFloats()) {
      all.add(value);
    }
    return all;
  }

  private static List<StoredTensor> only(StoredTensor tensor) {
    return List.of(tensor);
  }

  @Test
  void the_fixture_is_of_the_newest_layout() {
    try (SafetensorsFile text = SafetensorsFile.open(model.file(TEXT));
        SafetensorsFile vae = SafetensorsFile.open(model.file(VAE))) {
      assertThat(text.names()).noneMatch(name -> name.startsWith("text_model."));
      assertThat(vae.names()).anyMatch(name -> name.contains(".to_out.0."));
    }
    assertSame(model.folder());
  }

  @Test
  void older_text_encoders_have_a_prefix_and_a_table_of_positions() {
    model.changeTensors(TEXT, tensor -> only(tensor.named("text_model." + tensor.name())));
    model.changeTensors(
        TEXT,
        tensor ->
            tensor.name().endsWith("position_embedding.weight")
                ? List.of(tensor, positions(model))
                : only(tensor));

    assertSame(model.folder());
  }

  /** {@code [1, positions]}, INT64: 0, 1, 2... */
  private static StoredTensor positions(TinyModel model) {
    Path file = model.file("positions.safetensors");
    try (Scope _ = Scope.open()) {
      long[] counted = new long[12];
      for (int i = 0; i < counted.length; i++) {
        counted[i] = i;
      }
      SafetensorsWriter.write(
          file,
          Map.of("text_model.embeddings.position_ids", Tensor.of(counted, 1, counted.length)),
          Map.of());
    }
    // Open until the process ends: a few bytes.
    return SafetensorsFile.open(file).get("text_model.embeddings.position_ids");
  }

  @Test
  void older_autoencoders_call_attention_otherwise() {
    Map<String, String> older =
        Map.of("to_q", "query", "to_k", "key", "to_v", "value", "to_out.0", "proj_attn");

    model.changeTensors(
        VAE,
        tensor -> {
          String name = tensor.name();
          for (Map.Entry<String, String> layer : older.entrySet()) {
            name = name.replace("." + layer.getKey() + ".", "." + layer.getValue() + ".");
          }
          return only(tensor.named(name));
        });

    try (SafetensorsFile vae = SafetensorsFile.open(model.file(VAE))) {
      assertThat(vae.names()).contains("decoder.mid_block.attentions.0.proj_attn.weight");
    }
    assertSame(model.folder());
  }

  @ParameterizedTest
  @ValueSource(strings = {".fp16", ".bf16", ".fp32"})
  void a_variant_alone_is_taken(String variant) {
    for (String file : List.of(UNET, VAE, TEXT)) {
      model.rename(file, file.replace(".safetensors", variant + ".safetensors"));
    }

    assertSame(model.folder());
  }

  @Test
  void of_several_variants_the_plain_one_is_taken() {
    model.rename(UNET, UNET + ".kept");
    try (SafetensorsFile weights = SafetensorsFile.open(model.file(UNET + ".kept"))) {
      Collection<StoredTensor> few = List.of(weights.get("conv_in.bias"));
      SafetensorsWriter.write(
          model.file("unet/diffusion_pytorch_model.fp16.safetensors"), few, Map.of());
    }
    model.rename(UNET + ".kept", UNET);

    assertSame(model.folder());
  }

  @ParameterizedTest
  @CsvSource({
    "diffusion_pytorch_model.safetensors.index.json, diffusion_pytorch_model",
    "diffusion_pytorch_model.safetensors.index.fp16.json, diffusion_pytorch_model.fp16",
  })
  void weights_may_be_spread_over_files(String index, String stem) throws IOException {
    Map<String, String> fileOf = new TreeMap<>();
    try (SafetensorsFile weights = SafetensorsFile.open(model.file(UNET))) {
      Map<String, List<StoredTensor>> shards = new LinkedHashMap<>();
      for (String name : weights.names()) {
        String file =
            "%s-0000%d-of-00003.safetensors".formatted(stem, 1 + Math.floorMod(name.hashCode(), 3));
        shards.computeIfAbsent(file, _ -> new ArrayList<>()).add(weights.get(name));
        fileOf.put(name, file);
      }
      shards.forEach((file, tensors) ->
          SafetensorsWriter.write(model.file("unet/" + file), tensors, Map.of("format", "pt")));
    }
    model.delete(UNET);
    Files.writeString(
        model.file("unet/" + index),
        JsonMapper.shared()
            .writeValueAsString(Map.of("metadata", Map.of("total_size", 1), "weight_map", fileOf)));

    assertSame(model.folder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".fp16"})
  void weights_may_be_pickles(String variant) throws IOException {
    pickle(UNET, "unet/diffusion_pytorch_model" + variant + ".bin");
    pickle(VAE, "vae/diffusion_pytorch_model" + variant + ".bin");
    pickle(TEXT, "text_encoder/pytorch_model" + variant + ".bin");

    assertSame(model.folder());
  }

  private void pickle(String safetensors, String bin) throws IOException {
    try (SafetensorsFile weights = SafetensorsFile.open(model.file(safetensors))) {
      List<StoredTensor> tensors = weights.names().stream().map(weights::get).toList();
      Files.write(model.file(bin), PickleBytes.checkpoint(tensors));
    }
    model.delete(safetensors);
  }

  @ParameterizedTest
  @CsvSource({
    "diffusion_pytorch_model.bin.index.json, diffusion_pytorch_model",
    "diffusion_pytorch_model.bin.index.fp16.json, diffusion_pytorch_model.fp16",
  })
  void pickles_may_be_spread_over_files(String index, String stem) throws IOException {
    Map<String, String> fileOf = new TreeMap<>();
    try (SafetensorsFile weights = SafetensorsFile.open(model.file(UNET))) {
      Map<String, List<StoredTensor>> shards = new LinkedHashMap<>();
      for (String name : weights.names()) {
        String file =
            "%s-0000%d-of-00002.bin".formatted(stem, 1 + Math.floorMod(name.hashCode(), 2));
        shards.computeIfAbsent(file, _ -> new ArrayList<>()).add(weights.get(name));
        fileOf.put(name, file);
      }
      for (Map.Entry<String, List<StoredTensor>> shard : shards.entrySet()) {
        Files.write(model.file("unet/" + shard.getKey()), PickleBytes.checkpoint(shard.getValue()));
      }
    }
    model.delete(UNET);
    Files.writeString(
        model.file("unet/" + index),
        JsonMapper.shared().writeValueAsString(Map.of("weight_map", fileOf)));

    assertSame(model.folder());
  }

  @Test
  void of_a_pickle_and_a_file_of_safetensors_the_latter_is_taken() throws IOException {
    Files.writeString(model.file("unet/diffusion_pytorch_model.bin"), "cposix\nsystem\n");

    assertSame(model.folder());
  }

  @Test
  void a_plain_pickle_is_taken_before_a_variant_of_safetensors() throws IOException {
    pickle(UNET, "unet/diffusion_pytorch_model.bin");
    Files.writeString(model.file("unet/diffusion_pytorch_model.fp16.safetensors"), "of no use");

    assertSame(model.folder());
  }

  @Test
  void a_pickle_under_the_name_of_safetensors_is_opened() throws IOException {
    pickle(UNET, "unet/renamed");
    model.rename("unet/renamed", UNET);

    assertSame(model.folder());
  }

  @Test
  void the_tokenizer_may_be_one_file() {
    model.delete("tokenizer/vocab.json");
    model.delete("tokenizer/merges.txt");
    model.replace("tokenizer/tokenizer.json", TinyModel.resource("tokenizer/tokenizer.json"));
    model.replace(
        "tokenizer/tokenizer_config.json", TinyModel.resource("tokenizer/tokenizer_config.json"));

    assertSame(model.folder());
  }

  @Test
  void the_first_scheduler_files_say_little() throws IOException {
    Files.writeString(
        model.file("scheduler/scheduler_config.json"),
        """
        {"_class_name": "PNDMScheduler", "_diffusers_version": "0.2.2", "beta_end": 0.012,
         "beta_schedule": "scaled_linear", "beta_start": 0.00085, "num_train_timesteps": 1000,
         "skip_prk_steps": true, "set_alpha_to_one": false, "timestep_spacing": "leading"}
        """);

    assertSame(model.folder());
  }

  @Test
  void an_index_may_name_a_safety_checker_that_is_not_needed_to_draw() {
    model.edit(
        "model_index.json",
        "\"safety_checker\": [\n    null,\n    null\n  ]",
        "\"safety_checker\": [\"stable_diffusion\", \"StableDiffusionSafetyChecker\"]");

    assertSame(model.folder());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_model_is_read_where_it_lies_in_an_archive(boolean deflated) throws IOException {
    Path archive = temporary.resolve("model.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(model.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        ZipEntry entry =
            new ZipEntry(
                "some/where/" + model.folder().relativize(file).toString().replace('\\', '/'));
        if (!deflated) {
          CRC32 sum = new CRC32();
          sum.update(bytes);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(bytes.length);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
      }
    }

    try (FileSystem inside =
        FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of())) {
      assertSame(inside.getPath("/some/where"));
    }
  }
}
