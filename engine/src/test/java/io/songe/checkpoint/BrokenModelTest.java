package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way in which a model can be broken ends in one sentence that names the file and says what to
 * do, and nothing of the model stays open.
 */
class BrokenModelTest {
  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
  private static final String TEXT = "text_encoder/model.safetensors";
  private static final String FORGED = "its header is not JSON as expected";

  @TempDir Path temporary;
  private TinyModel model;

  @BeforeEach
  void copy() {
    model = TinyModel.copyTo(temporary.resolve("model"));
  }

  private static Arguments broken(String what, Consumer<TinyModel> how, String message) {
    return arguments(what, how, message);
  }

  private static Arguments edited(String file, String from, String to, String message) {
    return broken(
        "%s: %s for %s".formatted(file, to, from), model -> model.edit(file, from, to), message);
  }

  private static List<StoredTensor> only(StoredTensor tensor) {
    return List.of(tensor);
  }

  private static boolean is(StoredTensor tensor, String name) {
    return tensor.name().equals(name);
  }

  private static StoredTensor reshaped(StoredTensor tensor, DType dtype, long... extents) {
    Shape shape = Shape.of(extents);
    return new StoredTensor(
        tensor.name(),
        dtype,
        shape,
        MemorySegment.ofArray(new byte[(int) shape.elements() * dtype.bytes()]));
  }

  private static void write(TinyModel model, String file, String text) {
    try {
      Files.writeString(model.file(file), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void writeBytes(TinyModel model, String file, long at, byte... bytes) {
    try (RandomAccessFile raw = new RandomAccessFile(model.file(file).toFile(), "rw")) {
      raw.seek(at);
      raw.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void truncate(TinyModel model, String file, long length) {
    try (RandomAccessFile raw = new RandomAccessFile(model.file(file).toFile(), "rw")) {
      raw.setLength(length);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        broken(
            "the index",
            model -> model.delete("model_index.json"),
            "model: this folder is no model, it has no model_index.json; give the folder that holds"
                + " unet/, vae/ and text_encoder/"),
        broken(
            "a config",
            model -> model.delete("unet/config.json"),
            "unet/config.json: there is no such file; check the name, or download the model again"),
        broken(
            "the weights",
            model -> model.delete(UNET),
            "unet/diffusion_pytorch_model.safetensors: there is no such file; is the model"
                + " complete? Download it again"),
        broken(
            "a whole part",
            model -> {
              model.delete("vae/config.json");
              model.delete(VAE);
              model.delete("vae");
            },
            "vae/config.json: there is no such file; check the name, or download the model again"),
        broken(
            "the scheduler",
            model -> model.delete("scheduler/scheduler_config.json"),
            "scheduler/scheduler_config.json: there is no such file; check the name, or download"
                + " the model again"),
        broken(
            "the vocabulary",
            model -> model.delete("tokenizer/vocab.json"),
            "tokenizer/vocab.json: is missing; is the tokenizer's folder complete?"),
        broken(
            "a part of the index",
            model -> model.edit("model_index.json", "\"vae\"", "\"image_encoder2\""),
            "model/model_index.json: the model has no 'vae'; get one that is complete"),
        broken(
            "a tensor",
            model ->
                model.changeTensors(
                    UNET, tensor -> is(tensor, "conv_in.bias") ? List.of() : only(tensor)),
            UNET + ": there is no tensor conv_in.bias; is it another model's file?"),
        broken(
            "weights of any form",
            model -> model.rename(TEXT, "text_encoder/model.ckpt"),
            TEXT + ": there is no such file; is the model complete? Download it again"));
  }

  static Stream<Arguments> otherwise() {
    return Stream.of(
        edited(
            "model_index.json",
            "StableDiffusionPipeline",
            "FluxPipeline",
            "model/model_index.json: 'FluxPipeline' is an architecture that this version does not"
                + " know; it opens StableDiffusionPipeline, StableDiffusionInpaintPipeline,"
                + " StableDiffusionImg2ImgPipeline, StableDiffusionXLPipeline,"
                + " StableDiffusionXLInpaintPipeline, StableDiffusionXLImg2ImgPipeline"),
        edited(
            "model_index.json",
            "AutoencoderKL",
            "AutoencoderTiny",
            "model/model_index.json: says that 'vae' is of class 'AutoencoderTiny', and"
                + " vae/config.json says AutoencoderKL; are they of one model?"),
        edited(
            "model_index.json",
            "CLIPTextModel",
            "T5EncoderModel",
            "text_encoder/config.json: a text encoder of class 'T5EncoderModel' is not known;"
                + " CLIPTextModel and CLIPTextModelWithProjection are"),
        edited(
            "model_index.json",
            "\"diffusers\",\n    \"AutoencoderKL\"",
            "\"AutoencoderKL\"",
            "model/model_index.json: 'vae' is not a library and a class; download the file again"),
        edited(
            "vae/config.json",
            "AutoencoderKL",
            "VQModel",
            "vae/config.json: an autoencoder of class 'VQModel' is not known; AutoencoderKL and"
                + " AutoencoderTiny are"),
        edited(
            "unet/config.json",
            "UNet2DConditionModel",
            "UNet3D\\u001b[31mModel",
            "unet/config.json: option '_class_name' = UNet3D\\u001b[31mModel is not supported by"
                + " this version of Songe; supported: UNet2DConditionModel"),
        edited(
            "unet/config.json",
            "\"dropout\"",
            "\"dropouts\"",
            "unet/config.json: unknown option 'dropouts' = 0.0; this version of Songe does not know"
                + " it, so the model would be drawn wrongly"),
        edited(
            "unet/config.json",
            "\"sample_size\": 8",
            "\"sample_size\": 100000000",
            "unet/config.json: option 'sample_size' = 100000000 is not a side of latents, which is"
                + " from 1 to 512; download it again"),
        edited(
            "text_encoder/config.json",
            "\"vocab_size\": 531",
            "\"vocab_size\": 2147483647",
            TEXT
                + ": tensor embeddings.token_embedding.weight is [531, 16] but this config needs"
                + " [2147483647, 16]; is it another model's file?"),
        edited(
            "scheduler/scheduler_config.json",
            "PNDMScheduler",
            "DreamScheduler",
            "scheduler/scheduler_config.json: the scheduler class DreamScheduler is not"
                + " implemented, nor is one like it; choose a sampler by name: "
                + Samplers.catalogue().rows().stream()
                    .map(SamplerRow::label)
                    .collect(Collectors.joining(", "))),
        edited(
            "tokenizer/tokenizer_config.json",
            "\"model_max_length\": 12",
            "\"model_max_length\": 13",
            "model: the parts do not fit each other: the tokenizer gives 13 tokens at a time and"
                + " the text encoder takes 12; are they of one model?"),
        broken(
            "an extra tensor",
            model ->
                model.changeTensors(
                    VAE,
                    tensor ->
                        is(tensor, "quant_conv.bias")
                            ? List.of(tensor, tensor.named("quant_conv.mean"))
                            : only(tensor)),
            VAE
                + ": a tensor does not belong to this config, quant_conv.mean; is it another"
                + " model's file?"),
        broken(
            "a misshaped tensor",
            model ->
                model.changeTensors(
                    UNET,
                    tensor ->
                        is(tensor, "conv_in.bias")
                            ? only(reshaped(tensor, DType.FLOAT16, 2, 4))
                            : only(tensor)),
            UNET
                + ": tensor conv_in.bias is [2, 4] but this config needs [8]; is it another model's"
                + " file?"),
        broken(
            "whole numbers for weights",
            model ->
                model.changeTensors(
                    UNET,
                    tensor ->
                        is(tensor, "conv_in.bias")
                            ? only(reshaped(tensor, DType.INT64, 8))
                            : only(tensor)),
            UNET
                + ": tensor conv_in.bias holds elements of type INT64, which are no weights; is it"
                + " another model's file?"),
        broken(
            "a tensor under two names",
            model ->
                model.changeTensors(
                    TEXT,
                    tensor ->
                        is(tensor, "final_layer_norm.bias")
                            ? List.of(tensor, tensor.named("text_model." + tensor.name()))
                            : only(tensor)),
            TEXT
                + ": final_layer_norm.bias and text_model.final_layer_norm.bias are two names of the"
                + " same tensor; download it again"),
        broken(
            "a name made to mislead",
            model ->
                model.changeTensors(
                    VAE,
                    tensor ->
                        is(tensor, "quant_conv.bias")
                            ? List.of(tensor, tensor.named("all is well\n\u001b[2J"))
                            : only(tensor)),
            VAE
                + ": holds a tensor of the name 'all is well\\u000a\\u001b[2J', which no network"
                + " has; it is damaged or forged, download it again"),
        broken(
            "the U-Net of a model with other features",
            model -> {
              model.edit(
                  "unet/config.json", "\"cross_attention_dim\": 16", "\"cross_attention_dim\": 8");
              model.changeTensors(
                  UNET,
                  tensor ->
                      tensor.name().matches(".*attn2\\.to_[kv]\\.weight")
                          ? only(reshaped(tensor, DType.FLOAT16, tensor.shape().dim(0), 8))
                          : only(tensor));
            },
            "model: the parts do not fit each other: the U-Net wants features of width 8 and the"
                + " text encoder gives 16; are they of one model?"));
  }

  static Stream<Arguments> garbled() {
    return Stream.of(
        broken(
            "JSON that stops",
            model -> write(model, "vae/config.json", "{\"_class_name\": \"Autoenc"),
            "vae/config.json: is not valid JSON at line 1, column "),
        broken(
            "a web page for JSON",
            model -> write(model, "unet/config.json", "<!doctype html><p>Not found"),
            "unet/config.json: is not valid JSON at line 1, column "),
        broken(
            "JSON of another shape",
            model -> write(model, "model_index.json", "[1, 2]"),
            "model/model_index.json: is not a JSON object in braces; download it again"),
        broken(
            "an empty file",
            model -> write(model, "scheduler/scheduler_config.json", ""),
            "scheduler/scheduler_config.json: is not a JSON object in braces; download it again"),
        broken(
            "bytes that are no text",
            model -> writeBytes(model, "text_encoder/config.json", 5, (byte) 0xC3, (byte) 0x28),
            "text_encoder/config.json: is not valid UTF-8; download it again"),
        broken(
            "JSON of 17 MB",
            model -> write(model, "vae/config.json", "{\"a\": \"" + "a".repeat(17 << 20) + "\"}"),
            "vae/config.json: is larger than 16777216 bytes, which no configuration is; download"
                + " it again"),
        broken(
            "JSON nested without end",
            model -> write(model, "vae/config.json", "{\"a\": " + "[".repeat(100_000)),
            "vae/config.json: is not valid JSON: "),
        broken(
            "a list without end",
            model ->
                write(
                    model,
                    "vae/config.json",
                    "{\"_class_name\": \"AutoencoderKL\", \"block_out_channels\": [3"
                        + ",3".repeat(100_000)
                        + "]}"),
            "vae/config.json: "),
        broken(
            "a tokenizer's file that stops",
            model -> model.change("tokenizer/vocab.json", text -> text.substring(0, 1000)),
            "tokenizer/vocab.json: is not readable JSON: "),
        broken(
            "weights that stop",
            model -> truncate(model, UNET, 100_000),
            UNET + ": is truncated: its tensors need "),
        broken(
            "weights that stop in the header",
            model -> truncate(model, UNET, 1000),
            UNET + ": is truncated: its header has "),
        broken(
            "weights of no byte",
            model -> truncate(model, UNET, 0),
            UNET + ": is empty; download it again"),
        broken(
            "weights with bytes behind",
            model -> truncate(model, UNET, 1_000_000),
            UNET + ": has "),
        broken(
            "a flipped bit in a name",
            model -> writeBytes(model, UNET, 12, (byte) 0x01),
            UNET + ": " + FORGED),
        broken(
            "a header of 8 exabytes",
            model -> writeBytes(model, UNET, 7, (byte) 0x7F),
            UNET + ": claims a header of "),
        broken(
            "a broken archive under the name of safetensors",
            model -> writeBytes(model, UNET, 0, "PK\3\4pickled".getBytes(StandardCharsets.UTF_8)),
            UNET + ": is truncated: it begins as a zip archive, as PyTorch writes it, but the"),
        broken(
            "a web page under the name of safetensors",
            model -> writeBytes(model, UNET, 0, "<html>Sorry".getBytes(StandardCharsets.UTF_8)),
            UNET + ": is a web page and no weights: the link led to a log-in or an error;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"missing", "otherwise"})
  void is_refused_in_these_words(String what, Consumer<TinyModel> how, String message)
      throws IOException {
    how.accept(model);

    assertThatThrownBy(() -> Checkpoint.open(model.folder(), DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(message);
    OpenFiles.assertNoneBelow(temporary);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbled")
  void is_refused_in_one_line(String what, Consumer<TinyModel> how, String beginning)
      throws IOException {
    how.accept(model);

    assertThatThrownBy(() -> Checkpoint.open(model.folder(), DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(beginning)
        .message()
        .hasSizeLessThan(500)
        .doesNotContain("\n")
        .doesNotContain(temporary.toString());
    OpenFiles.assertNoneBelow(temporary);
  }

  @Test
  void a_folder_that_is_not_there_is_called_by_its_name_alone() {
    assertThatThrownBy(() -> Checkpoint.open(temporary.resolve("nothing"), DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "nothing: there is no such folder; check the name, or download the model again");
  }

  @Test
  void a_good_model_leaves_nothing_open_once_closed() throws IOException {
    Checkpoint opened = Checkpoint.open(model.folder(), DType.FLOAT32);
    assertThatThrownBy(() -> OpenFiles.assertNoneBelow(temporary))
        .isInstanceOf(AssertionError.class);

    opened.close();
    opened.close();

    OpenFiles.assertNoneBelow(temporary);
  }

  @Test
  void what_is_finite_is_undamaged() {
    try (Checkpoint opened = Checkpoint.open(model.folder(), DType.FLOAT32)) {
      opened.requireUndamaged();
    }
    assertThat(model.folder()).isDirectory();
  }
}
