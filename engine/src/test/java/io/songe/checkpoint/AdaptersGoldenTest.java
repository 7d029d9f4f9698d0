package io.songe.checkpoint;

import static io.songe.model.GoldenModel.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.adapter.Lora;
import io.songe.checkpoint.adapter.TextualInversion;
import io.songe.checkpoint.adapter.WeightedLora;
import io.songe.diffusion.Conditioning;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.model.TextFeatures;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.TokenIds;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model with LoRAs and textual inversions of every published form gives what the reference gives.
 * Files and numbers are of tools/golden/adapters.py.
 */
class AdaptersGoldenTest {
  private static final double TOLERANCE = 1e-4;

  private final SafetensorsFile golden = SafetensorsFile.open(file("golden.safetensors"));
  private final List<Lora> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Lora::close);
    golden.close();
  }

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  AdaptersGoldenTest.class.getResource("/golden/adapters/" + name), name)
              .toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Lora lora(String name) {
    Lora lora = Lora.open(file(name));
    opened.add(lora);
    return lora;
  }

  private WeightedLora weighted(String name, double strength) {
    return WeightedLora.of(lora(name), strength);
  }

  private static Checkpoint sd1() {
    return Checkpoint.open(TinyModel.original().folder(), DType.FLOAT32);
  }

  private static Checkpoint xl() {
    return Checkpoint.open(TinyModel.family("sdxl").folder(), DType.FLOAT32);
  }

  private Tensor number(String name) {
    return golden.get(name).toTensor();
  }

  private Tensor unet(Checkpoint model, String base) {
    Conditioning.Added added =
        base.equals("xl")
            ? new Conditioning.Added.TextTime(
                number("xl.pooled"), Tensor.of(new float[] {48, 32, 0, 0, 48, 32}, 1, 6))
            : new Conditioning.Added.None();
    return model
        .unet()
        .predict(
            number(base + ".sample"),
            Tensor.of(new float[] {500}, 1),
            new Conditioning(number(base + ".context"), added));
  }

  private static TextFeatures text(TextTower tower, TokenIds ids) {
    long[] numbers = Arrays.stream(ids.toArray()).asLongStream().toArray();
    return tower.encoder().encode(Tensor.of(numbers, 1, numbers.length), tower.layer());
  }

  private void assertGives(Checkpoint model, String name, String phraseKey) {
    String base = name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    String phrase = Objects.requireNonNull(golden.metadata().get(phraseKey));
    try (Scope _ = Scope.open()) {
      assertWithin(TOLERANCE, unet(model, base), number(name + ".unet"));
      List<TextTower> towers = model.textTowers();
      for (int i = 0; i < towers.size(); i++) {
        TokenIds ids = towers.get(i).tokenizer().truncated(phrase);
        assertThat(Arrays.stream(ids.toArray()).asLongStream().toArray())
            .isEqualTo(number(name + ".ids" + i).toLongs());
        TextFeatures features = text(towers.get(i), ids);
        assertWithin(TOLERANCE, features.tokens(), number(name + ".text" + i));
        assertWithin(TOLERANCE, features.pooled(), number(name + ".pooled" + i));
      }
    }
  }

  private float[] outputs(Checkpoint model) {
    try (Scope _ = Scope.open()) {
      TextTower tower = model.textTowers().getFirst();
      return Tensor.concat(
              List.of(
                  unet(model, "sd1").reshape(-1),
                  text(tower, tower.tokenizer().truncated("a red cat")).tokens().reshape(-1)),
              0)
          .toFloats();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sd1-kohya, sd1-kohya.safetensors",
    "sd1-kohya, sd1-kohya-pickle.pt",
    "sd1-locon, sd1-locon.safetensors",
    "sd1-diffusers, sd1-diffusers.safetensors",
    "sd1-older, sd1-older.safetensors",
    "sd1-peft, sd1-peft/adapter_model.safetensors",
  })
  void gives_what_the_reference_gives_with_a_lora(String name, String file) {
    try (Checkpoint model = sd1()) {
      model.adapt(List.of(weighted(file, 1)), List.of());

      assertGives(model, name, "phrase");
    }
  }

  @Test
  void gives_what_the_reference_gives_with_a_lora_of_original_names_for_xl() {
    try (Checkpoint model = xl()) {
      model.adapt(List.of(weighted("xl-kohya.safetensors", 1)), List.of());

      assertGives(model, "xl-kohya", "phrase");
    }
  }

  @Test
  void adds_up_two_loras_with_strengths_of_their_own() {
    try (Checkpoint model = sd1()) {
      model.adapt(
          List.of(weighted("sd1-kohya.safetensors", 0.75), weighted("sd1-locon.safetensors", -0.5)),
          List.of());

      assertGives(model, "sd1-both", "phrase");
    }
  }

  @Test
  void applies_a_lora_to_the_text_encoder_less_than_to_the_unet() {
    try (Checkpoint model = sd1()) {
      model.adapt(List.of(new WeightedLora(lora("sd1-kohya.safetensors"), 0, 0.25)), List.of());

      assertGives(model, "sd1-unet-alone", "phrase");
    }
  }

  @Test
  void does_not_need_a_lora_any_more_once_it_is_applied() {
    try (Checkpoint model = sd1()) {
      try (Lora lora = Lora.open(file("sd1-kohya.safetensors"))) {
        model.adapt(List.of(WeightedLora.of(lora, 1)), List.of());
      }

      assertGives(model, "sd1-kohya", "phrase");
    }
  }

  @Test
  void is_bit_by_bit_the_same_again_without_adapters() {
    try (Checkpoint model = sd1()) {
      float[] before = outputs(model);
      model.adapt(
          List.of(weighted("sd1-locon.safetensors", 1)),
          List.of(TextualInversion.open(file("inversions/a1111/Cat-Toy.pt"))));
      float[] between = outputs(model);

      model.adapt(List.of(), List.of());

      assertThat(between).isNotEqualTo(before);
      assertThat(outputs(model)).isEqualTo(before);
    }
  }

  @Test
  void builds_only_those_networks_again_that_change() {
    try (Checkpoint model = sd1()) {
      var unet = model.unet();
      var encoder = model.textTowers().getFirst().encoder();

      model.adapt(List.of(), List.of(TextualInversion.open(file("inversions/a1111/Cat-Toy.pt"))));

      assertThat(model.unet()).isSameAs(unet);
      assertThat(model.textTowers().getFirst().encoder()).isNotSameAs(encoder);
    }
  }

  @Test
  void saves_what_it_is_without_adapters() {
    try (Checkpoint model = sd1()) {
      var before = model.parts().textEncoders().getFirst().config();

      model.adapt(List.of(), List.of(TextualInversion.open(file("inversions/a1111/Cat-Toy.pt"))));

      assertThat(model.parts().textEncoders().getFirst().config()).isEqualTo(before);
    }
  }

  @Test
  void refuses_a_lora_of_another_architecture_and_changes_nothing() {
    try (Checkpoint model = sd1()) {
      float[] before = outputs(model);
      List<WeightedLora> foreign =
          List.of(weighted("sd1-kohya.safetensors", 1), weighted("xl-kohya.safetensors", 1));

      assertThatThrownBy(() -> model.adapt(foreign, List.of()))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageStartingWith(
              "adapters/xl-kohya.safetensors: does not fit this model: of the 16 layers that it changes, ")
          .hasMessageContaining(
              "are not in the model, such as lora_te1_text_model_encoder_layers_0_")
          .hasMessageContaining("; it was made for Stable Diffusion XL; nothing was changed");
      assertThat(outputs(model)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1111/Cat-Toy.pt",
        "plain/cat-toy.safetensors",
        "diffusers/learned_embeds.safetensors",
        "picture/cat-toy.png"
      })
  void gives_what_the_reference_gives_with_a_word_that_it_was_taught(String name) {
    try (Checkpoint model = sd1()) {
      model.adapt(List.of(), List.of(TextualInversion.open(file("inversions/" + name))));

      assertGives(model, "sd1-taught", "taught");
    }
  }

  @Test
  void teaches_both_text_encoders_of_xl() {
    try (Checkpoint model = xl()) {
      model.adapt(
          List.of(), List.of(TextualInversion.open(file("inversions/xl/cat-toy.safetensors"))));

      assertGives(model, "xl-taught", "taught");
    }
  }

  @Test
  void refuses_a_word_for_text_encoders_of_other_widths() {
    try (Checkpoint model = sd1()) {
      TextualInversion foreign = TextualInversion.open(file("inversions/xl/cat-toy.safetensors"));

      assertThatThrownBy(() -> model.adapt(List.of(), List.of(foreign)))
          .isInstanceOf(BrokenFileException.class)
          .hasMessage(
              "xl/cat-toy.safetensors: has vectors of 8 and 12 numbers, and the text encoders of this model read 16; choose one made for this kind of model");
    }
  }

  @Test
  void refuses_to_learn_one_word_twice() {
    try (Checkpoint model = sd1()) {
      List<TextualInversion> both =
          List.of(
              TextualInversion.open(file("inversions/a1111/Cat-Toy.pt")),
              TextualInversion.open(file("inversions/plain/cat-toy.safetensors")));

      assertThatThrownBy(() -> model.adapt(List.of(), both))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "two embeddings teach the word 'cat-toy', one of them plain/cat-toy.safetensors; leave one out, or rename its file");
    }
  }
}
