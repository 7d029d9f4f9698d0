package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.model.unet.UNetConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextImageSizesTest {
  @Test
  void the_bundled_models_sizes_are_its_own() {
    assertThat(TextImageSizes.songeMini().unet(4)).isEqualTo(UNetConfig.songeMini());
  }

  @Test
  void the_text_encoder_reads_the_tokenizers_tokens() {
    var text = TextImageSizes.songeMini().text(Toys.tokenizer());

    assertThat(text.vocabulary()).isEqualTo(Toys.tokenizer().vocabularySize());
    assertThat(text.positions()).isEqualTo(Toys.tokenizer().maxLength());
    assertThat(text.heads()).isEqualTo(5);
  }

  @Test
  void channels_that_cannot_be_grouped_are_refused() {
    assertThatThrownBy(() -> new TextImageSizes(List.of(64, 100), List.of(false, true), 320, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 100");
  }

  @Test
  void a_mark_of_attention_for_each_level_is_needed() {
    assertThatThrownBy(() -> new TextImageSizes(List.of(64, 128), List.of(true), 320, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many marks");
  }

  @Test
  void a_text_width_that_heads_do_not_divide_is_refused() {
    assertThatThrownBy(() -> new TextImageSizes(List.of(64), List.of(true), 100, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 100");
  }

  @Test
  void a_text_encoder_without_layers_is_refused() {
    assertThatThrownBy(() -> new TextImageSizes(List.of(64), List.of(true), 64, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
