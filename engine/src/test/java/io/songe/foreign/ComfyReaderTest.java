package io.songe.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.foreign.Remark.BegunWithPicture;
import io.songe.foreign.Remark.SeveralSamplers;
import io.songe.foreign.Remark.Unused;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ComfyReaderTest {
  /** The graph that ComfyUI starts with, with other words. */
  static final String USUAL =
      """
      {"3": {"class_type": "KSampler", "_meta": {"title": "KSampler"}, "inputs": {
          "seed": 42, "steps": 12, "cfg": 6.5, "sampler_name": "dpmpp_2m", "scheduler": "karras",
          "denoise": 1.0, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0],
          "latent_image": ["5", 0]}},
       "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd/small.safetensors"}},
       "5": {"class_type": "EmptyLatentImage", "inputs": {
          "width": 512, "height": 768, "batch_size": 1}},
       "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a red fox", "clip": ["4", 1]}},
       "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blur", "clip": ["4", 1]}},
       "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
       "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x", "images": ["8", 0]},
          "is_changed": NaN}}
      """;

  private static ForeignRecipe read(String graph) {
    return ForeignRecipe.of(Map.of("prompt", graph)).orElseThrow();
  }

  /** The usual graph with more nodes, and with a piece of it changed. */
  private static ForeignRecipe changed(String what, String by, String nodes) {
    assertThat(USUAL).contains(what);
    return read(USUAL.replace(what, by).replaceFirst("\\{", "{" + nodes + ","));
  }

  @Test
  void the_usual_graph_is_understood_wholly() {
    ForeignRecipe recipe = read(USUAL);

    assertThat(recipe.program()).isEqualTo(Program.COMFYUI);
    assertThat(recipe.prompt()).isEqualTo("a red fox");
    assertThat(recipe.negativePrompt()).isEqualTo("blur");
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(42));
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(12));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(6.5));
    assertThat(recipe.sampler()).contains("dpmpp_2m");
    assertThat(recipe.schedule()).contains("karras");
    assertThat(recipe.size()).contains(new PictureSize(512, 768));
    assertThat(recipe.model()).contains("sd/small.safetensors");
    assertThat(recipe.noise()).isEqualTo(Noise.PROCESSOR);
    assertThat(recipe.strength()).isEmpty();
    assertThat(recipe.remarks()).isEmpty();
    assertThat(recipe.madeBy()).isEqualTo("ComfyUI");
  }

  @Test
  void it_is_found_under_the_names_of_cameras_too() {
    ForeignRecipe recipe =
        ForeignRecipe.of(Map.of("Make", "workflow:{}", "Model", "prompt:" + USUAL)).orElseThrow();

    assertThat(recipe.prompt()).isEqualTo("a red fox");
  }

  @Test
  void values_are_looked_for_in_the_nodes_that_give_them() {
    ForeignRecipe recipe =
        changed(
            "\"seed\": 42",
            "\"seed\": [\"20\", 0]",
            """
            "20": {"class_type": "Reroute", "inputs": {"": ["21", 0]}},
            "21": {"class_type": "Seed", "inputs": {"seed": 7}}
            """);

    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(7));
    assertThat(recipe.remarks()).isEmpty();
  }

  @Test
  void a_value_that_cannot_be_found_is_told() {
    ForeignRecipe recipe =
        changed(
            "\"text\": \"a red fox\"",
            "\"text\": [\"20\", 0]",
            "\"20\": {\"class_type\": \"Poet\", \"inputs\": {}}");

    assertThat(recipe.prompt()).isEmpty();
    assertThat(recipe.remarks()).containsExactly(new Unused("text", "Poet"));
  }

  @Test
  void several_phrases_are_joined_and_their_combination_is_told() {
    ForeignRecipe recipe =
        changed(
            "\"positive\": [\"6\", 0]",
            "\"positive\": [\"20\", 0]",
            """
            "20": {"class_type": "ConditioningCombine", "inputs": {
              "conditioning_1": ["6", 0], "conditioning_2": ["21", 0]}},
            "21": {"class_type": "CLIPTextEncode", "inputs": {"text": "snow", "clip": ["4", 1]}}
            """);

    assertThat(recipe.prompt()).isEqualTo("a red fox, snow");
    assertThat(recipe.remarks()).containsExactly(new Unused("ConditioningCombine", ""));
  }

  @Test
  void each_side_of_a_control_network_is_followed_to_its_own_phrase() {
    ForeignRecipe recipe =
        changed(
            "\"positive\": [\"6\", 0], \"negative\": [\"7\", 0]",
            "\"positive\": [\"20\", 0], \"negative\": [\"20\", 1]",
            """
            "20": {"class_type": "ControlNetApplyAdvanced", "inputs": {
              "positive": ["6", 0], "negative": ["7", 0], "strength": 0.5}}
            """);

    assertThat(recipe.prompt()).isEqualTo("a red fox");
    assertThat(recipe.negativePrompt()).isEqualTo("blur");
    assertThat(recipe.remarks())
        .containsExactly(new Unused("ControlNetApplyAdvanced", "strength: 0.5"));
  }

  @Test
  void adapters_are_told_once_and_layers_of_the_text_encoder_understood() {
    ForeignRecipe recipe =
        changed(
            "\"model\": [\"4\", 0]",
            "\"model\": [\"20\", 0]",
            """
            "20": {"class_type": "LoraLoader", "inputs": {"lora_name": "l.safetensors",
              "strength_model": 0.8, "strength_clip": 1, "model": ["4", 0], "clip": ["4", 1]}},
            "21": {"class_type": "CLIPSetLastLayer", "inputs": {
              "stop_at_clip_layer": -2, "clip": ["20", 1]}}
            """
                .replace("\n", " "));
    ForeignRecipe skipping =
        read(
            USUAL
                .replace("\"clip\": [\"4\", 1]", "\"clip\": [\"21\", 0]")
                .replaceFirst(
                    "\\{",
                    "{\"21\": {\"class_type\": \"CLIPSetLastLayer\", \"inputs\": {"
                        + "\"stop_at_clip_layer\": -2, \"clip\": [\"4\", 1]}},"));

    assertThat(recipe.model()).contains("sd/small.safetensors");
    assertThat(recipe.remarks())
        .startsWith(
            new Unused(
                "LoraLoader", "lora_name: l.safetensors, strength_model: 0.8, strength_clip: 1"));
    assertThat(skipping.clipSkip()).isEqualTo(OptionalInt.of(2));
    assertThat(skipping.remarks()).isEmpty();
  }

  @Test
  void of_several_samplers_the_last_counts_and_the_others_are_told() {
    String second =
        """
        "1": {"class_type": "KSampler", "inputs": {
          "seed": 1, "steps": 5, "cfg": 3, "sampler_name": "euler", "scheduler": "normal",
          "denoise": 0.5, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0],
          "latent_image": ["10", 0]}},
        "10": {"class_type": "LatentUpscaleBy", "inputs": {"samples": ["3", 0], "scale_by": 2}}
        """;

    ForeignRecipe recipe = changed("\"samples\": [\"3\", 0]", "\"samples\": [\"1\", 0]", second);

    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(1));
    assertThat(recipe.strength()).isEqualTo(OptionalDouble.of(0.5));
    assertThat(recipe.size()).contains(new PictureSize(512, 768));
    assertThat(recipe.remarks())
        .startsWith(new SeveralSamplers(2), new BegunWithPicture(0.5))
        .contains(new Unused("LatentUpscaleBy", "scale_by: 2"))
        .anyMatch(remark -> remark instanceof Unused(String name, _) && name.equals("KSampler"));
  }

  @Test
  void a_sampler_in_parts_is_put_together() {
    ForeignRecipe recipe =
        read(
            """
            {"1": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["2", 0],
               "guider": ["3", 0], "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["6", 0]}},
             "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 9}},
             "3": {"class_type": "CFGGuider", "inputs": {
               "cfg": 3, "model": ["7", 0], "positive": ["8", 0], "negative": ["9", 0]}},
             "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
             "5": {"class_type": "BasicScheduler", "inputs": {
               "scheduler": "simple", "steps": 8, "denoise": 1, "model": ["7", 0]}},
             "6": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 64, "height": 32}},
             "7": {"class_type": "UNETLoader", "inputs": {"unet_name": "u", "weight_dtype": "x"}},
             "8": {"class_type": "CLIPTextEncode", "inputs": {"text": "tea"}},
             "9": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["8", 0]}}}
            """);

    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(9));
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(8));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(3));
    assertThat(recipe.sampler()).contains("euler");
    assertThat(recipe.schedule()).contains("simple");
    assertThat(recipe.prompt()).isEqualTo("tea");
    assertThat(recipe.negativePrompt()).isEmpty();
    assertThat(recipe.size()).contains(new PictureSize(64, 32));
    assertThat(recipe.model()).contains("u");
    assertThat(recipe.remarks()).isEmpty();
  }

  @Test
  void a_drawing_from_a_picture_is_told() {
    ForeignRecipe recipe =
        changed(
            "\"denoise\": 1.0, \"model\": [\"4\", 0], \"positive\": [\"6\", 0], \"negative\": [\"7\", 0],\n    \"latent_image\": [\"5\", 0]",
            "\"denoise\": 0.6, \"model\": [\"4\", 0], \"positive\": [\"6\", 0], \"negative\": [\"7\", 0], \"latent_image\": [\"20\", 0]",
            """
            "20": {"class_type": "VAEEncode", "inputs": {"pixels": ["21", 0], "vae": ["4", 2]}},
            "21": {"class_type": "LoadImage", "inputs": {"image": "start.png"}}
            """);

    assertThat(recipe.size()).isEmpty();
    assertThat(recipe.remarks())
        .containsExactly(
            new BegunWithPicture(0.6),
            new Unused("VAEEncode", ""),
            new Unused("LoadImage", "image: start.png"),
            new Unused("EmptyLatentImage", "width: 512, height: 768, batch_size: 1"));
  }

  @Test
  void a_graph_without_a_sampler_is_told_node_by_node() {
    ForeignRecipe recipe = read("{\"1\": {\"class_type\": \"Magic\", \"inputs\": {\"a\": 1}}}");

    assertThat(recipe.prompt()).isEmpty();
    assertThat(recipe.remarks()).containsExactly(new Unused("Magic", "a: 1"));
  }

  @Test
  void a_text_that_is_no_graph_says_nothing() {
    assertThat(ForeignRecipe.of(Map.of("prompt", "a cat"))).isEmpty();
    assertThat(ForeignRecipe.of(Map.of("prompt", "{\"a\": 1}"))).isEmpty();
  }

  @Test
  void links_in_circles_end() {
    ForeignRecipe recipe =
        read(
            """
            {"1": {"class_type": "KSampler", "inputs": {"seed": ["2", 0], "model": ["1", 0],
               "positive": ["3", 0], "negative": ["1", 5], "latent_image": ["1", 0]}},
             "2": {"class_type": "A", "inputs": {"x": ["2", 0]}},
             "3": {"class_type": "B", "inputs": {"conditioning": ["3", 0]}}}
            """);

    assertThat(recipe.seed()).isEmpty();
    assertThat(recipe.remarks()).contains(new Unused("seed", "A"), new Unused("B", ""));
  }

  @Test
  void a_long_chain_ends_soon() {
    var graph = new StringBuilder("{\"s\": {\"class_type\": \"KSampler\", \"inputs\": {");
    graph.append("\"model\": [\"0\", 0], \"positive\": [\"0\", 0], \"latent_image\": [\"0\", 0]}}");
    for (int i = 0; i < 20_000; i++) {
      graph
          .append(
              ",\"%d\": {\"class_type\": \"KSampler\", \"inputs\": {\"model\": [\"%d\", 0], "
                  .formatted(i, i + 1))
          .append(
              "\"conditioning\": [\"%d\", 0], \"latent_image\": [\"%d\", 0]}}"
                  .formatted(i + 1, i + 1));
    }

    ForeignRecipe recipe = read(graph.append('}').toString());

    assertThat(recipe.remarks()).contains(new SeveralSamplers(20_001));
  }

  @Test
  void damaged_json_is_refused() {
    assertThatThrownBy(() -> read(USUAL.substring(0, 200)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("the text 'prompt' in this picture is damaged JSON: ");
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(200)))
        .isInstanceOf(BrokenFileException.class);
    assertThatThrownBy(() -> read("{\"a\": \"" + "x".repeat(ForeignJson.LONGEST) + "\"}"))
        .hasMessageContaining("more than the limit of 4194304");
  }
}
