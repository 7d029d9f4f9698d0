package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.ModelCard;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import io.songe.mini.SongeMini;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Variation;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersTest {
  @TempDir Path folder;
  private Orders orders;

  @BeforeEach
  void open() {
    orders = new Orders(folder.resolve("models"), new InputStore(folder.resolve("inputs")));
  }

  @Test
  void what_is_not_said_is_as_the_models_authors_set_it() {
    Order order = orders.complete(Wishes.of("a fox"));

    ModelCard card = ModelCard.read(SongeMini.folder());
    Recipe recipe = order.recipe();
    assertThat(recipe.model()).isEqualTo("songe-mini");
    assertThat(recipe.weightsSha256()).isEqualTo(card.weightsSha256().orElseThrow());
    assertThat(recipe.width()).isEqualTo(card.side());
    assertThat(recipe.height()).isEqualTo(card.side());
    assertThat(recipe.steps()).isEqualTo(card.steps());
    assertThat(recipe.guidanceScale()).isEqualTo(card.guidanceScale());
    assertThat(recipe.guidanceRescale()).isEqualTo(card.guidanceRescale());
    assertThat(recipe.syntax()).isEqualTo("a1111");
    assertThat(recipe.background()).isEqualTo("transparent");
    assertThat(recipe.precision()).isIn("fp32", "bf16");
    assertThat(order.owner()).isEqualTo("anna");
    assertThat(order.count()).isEqualTo(1);
  }

  @Test
  void a_seed_that_nobody_chose_has_32_bits_and_is_another_each_time() {
    long first = orders.complete(Wishes.of("a fox")).recipe().seed();
    long second = orders.complete(Wishes.of("a fox")).recipe().seed();

    assertThat(first).isBetween(0L, (1L << 32) - 1).isNotEqualTo(second);
    assertThat(second).isBetween(0L, (1L << 32) - 1);
  }

  @Test
  void another_guidance_scale_leaves_the_models_rescaling_and_the_other_way_round() {
    ModelCard card = ModelCard.read(SongeMini.folder());

    Recipe scaled = orders.complete(asked("guidance=6")).recipe();
    Recipe rescaled = orders.complete(asked("guidanceRescale=0.25")).recipe();

    assertThat(scaled.guidanceScale()).isEqualTo(6);
    assertThat(scaled.guidanceRescale()).isEqualTo(card.guidanceRescale());
    assertThat(rescaled.guidanceScale()).isEqualTo(card.guidanceScale());
    assertThat(rescaled.guidanceRescale()).isEqualTo(0.25);
  }

  @Test
  void a_planned_recipe_survives_its_text() {
    Recipe recipe = orders.complete(Wishes.small("a fox", 3)).recipe();

    assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
  }

  @Test
  void a_style_goes_into_the_prompt_and_is_remembered_by_its_own_name() {
    Order order = orders.complete(asked("model=;style=TWEMOJI"));

    assertThat(order.recipe().prompt()).isEqualTo(Prompt.of("a fox, twemoji style"));
    assertThat(order.style()).isEqualTo("twemoji");
  }

  @Test
  void a_background_is_a_part_of_the_recipe() {
    Wish plain = Wishes.small("a fox", 1);
    Wish blue =
        new Wish(
            plain.owner(),
            plain.door(),
            plain.model(),
            plain.prompt(),
            plain.style(),
            plain.width(),
            plain.height(),
            plain.steps(),
            plain.guidance(),
            plain.guidanceRescale(),
            plain.sampler(),
            plain.schedule(),
            plain.seed(),
            plain.count(),
            plain.syntax(),
            plain.clipSkip(),
            Colour.parse("#0000ff"),
            plain.edit(),
            plain.travel(),
            plain.traced(),
            plain.kept());

    assertThat(Colour.parse(orders.complete(blue).recipe().background()))
        .isEqualTo(Colour.opaque(0, 0, 255));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model=songe-mni | there is no model \"songe-mni\"; did you mean songe-mini?",
        "model=../models | there is no model \"../models\"",
        "style=falt | there is no style \"falt\"; did you mean flat?",
        "width=100 | width and height must be positive multiples of 8, got 100x64; try 104x64",
        "width=-8 | width and height must be positive multiples of 8, got -8x64",
        "steps=0 | the number of steps must be from 1 to 1000, got 0",
        "guidance=101 | the guidance goes from -100 to 100, got 101.0",
        "guidanceRescale=1.1 | the guidance rescale must be from 0 to 1, got 1.1",
        "guidance=NaN | the guidance scale must be a finite number, got NaN",
        "sampler=oiler | unknown sampler \"oiler\"; did you mean Euler?",
        "schedule=caras | unknown sigma schedule \"caras\"; did you mean Karras?",
        "seed=-1 | the seed goes from 0 to",
        "count=0 | the number of pictures must be from 1 to 1000, got 0",
        "syntax=comfy | unknown prompt syntax \"comfy\"",
        "clipSkip=0 | the clip skip must be from 1",
        "prompt=a <lora:ink:1> fox | there is no LoRA \"ink\"",
        "prompt=a <hypernet:ink:1> fox | the prompt asks for <hypernet:ink:1>"
      })
  void what_cannot_be_drawn_is_refused_at_once(String change, String message) {
    Wish wish = asked(change);

    assertThatThrownBy(() -> orders.complete(wish))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void a_travel_needs_an_end_of_its_own() {
    Order.Travel nowhere = new Order.Travel(Optional.empty(), Optional.empty(), 3);
    Wish wish = Wishes.small("a fox", 1, Edit.NONE, Optional.of(nowhere), false);

    assertThatThrownBy(() -> orders.complete(wish))
        .hasMessage("a travel goes to another phrase, to another seed, or both; say where");
  }

  @Test
  void a_travel_to_another_seed_takes_no_variation() {
    Order.Travel travel = new Order.Travel(Optional.empty(), Optional.of(9L), 3);
    Edit varied = Edit.NONE.withVariation(new Variation(3, 0.5));
    Wish wish = Wishes.small("a fox", 1, varied, Optional.of(travel), false);

    assertThatThrownBy(() -> orders.complete(wish))
        .hasMessageStartingWith("a travel to another seed is a variation already");
  }

  @Test
  void the_style_goes_into_both_ends_of_a_travel() {
    Order.Travel travel = new Order.Travel(Optional.of("a cat"), Optional.empty(), 3);
    Wish plain = Wishes.small("a fox", 1, Edit.NONE, Optional.of(travel), false);
    Order order = orders.complete(changed(plain, "style=3d"));

    assertThat(order.recipe().prompt()).isEqualTo(Prompt.of("a fox, 3d style"));
    assertThat(order.travel().orElseThrow().toPhrase()).contains("a cat, 3d style");
  }

  @ParameterizedTest
  @CsvSource({
    "64, 96, 64, 96", // as it is
    "100, 77, 104, 80", // the nearest that can be drawn
    "4000, 1000, 1024, 256", // four times the model's own area
  })
  void a_drawing_over_a_picture_has_its_size_as_far_as_the_model_goes(
      int width, int height, int expectedWidth, int expectedHeight) {
    Image picture = Image.filled(width, height, Colour.WHITE);
    Start start = new Start.Picture(Source.of(picture), Fit.CROP, 0.6);

    Recipe recipe = orders.complete(sized(start)).recipe();

    assertThat(recipe.width()).isEqualTo(expectedWidth);
    assertThat(recipe.height()).isEqualTo(expectedHeight);
  }

  /** A wish that says no size. */
  private static Wish sized(Start start) {
    return changed(
        Wishes.small("a fox", 1, Edit.NONE.withStart(start), Optional.empty(), false),
        "width=;height=");
  }

  @Test
  void pictures_of_an_edit_are_kept_for_the_drawing() {
    Image picture = Image.filled(64, 64, Colour.opaque(1, 2, 3));
    Image mask = Image.filled(64, 64, Colour.WHITE);
    Start start =
        new Start.Inpainted(
            Source.of(picture),
            new Masking(
                Source.of(mask),
                Mask.Convention.BRIGHT,
                false,
                0,
                MaskedContent.ORIGINAL,
                new Masking.Area.Whole()),
            Fit.CROP,
            0.6);

    Recipe recipe = orders.complete(sized(start)).recipe();

    InputStore inputs = new InputStore(folder.resolve("inputs"));
    assertThat(recipe.edit().orElseThrow().pictures())
        .extracting(each -> inputs.find(each.sha256()))
        .containsExactly(Optional.of(picture), Optional.of(mask));
    assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
  }

  @Test
  void what_is_drawn_beyond_the_edges_decides_the_size() {
    Image picture = Image.filled(64, 64, Colour.WHITE);
    Start start = new Start.Extended(Source.of(picture), new Margins(0, 32, 0, 0), 8, 1);

    Recipe recipe = orders.complete(sized(start)).recipe();

    assertThat(recipe.width()).isEqualTo(96);
    assertThat(recipe.height()).isEqualTo(64);
  }

  /** A small wish with one value another; several are parted by semicolons. */
  private static Wish asked(String changes) {
    return changed(Wishes.small("a fox", 1), changes);
  }

  private static Wish changed(Wish plain, String changes) {
    Wish wish = plain;
    for (String change : changes.split(";", -1)) {
      String name = change.substring(0, change.indexOf('='));
      String value = change.substring(change.indexOf('=') + 1);
      wish =
          new Wish(
              wish.owner(),
              wish.door(),
              name.equals("model") ? Optional.of(value) : wish.model(),
              name.equals("prompt") ? Prompt.of(value) : wish.prompt(),
              name.equals("style") ? value : wish.style(),
              name.equals("width") ? number(value) : wish.width(),
              name.equals("height") ? number(value) : wish.height(),
              name.equals("steps") ? number(value) : wish.steps(),
              name.equals("guidance") ? decimal(value) : wish.guidance(),
              name.equals("guidanceRescale") ? decimal(value) : wish.guidanceRescale(),
              name.equals("sampler") ? Optional.of(value) : wish.sampler(),
              name.equals("schedule") ? Optional.of(value) : wish.schedule(),
              name.equals("seed") ? Optional.of(Long.valueOf(value)) : wish.seed(),
              name.equals("count") ? Integer.parseInt(value) : wish.count(),
              name.equals("syntax") ? Optional.of(value) : wish.syntax(),
              name.equals("clipSkip") ? number(value) : wish.clipSkip(),
              wish.background(),
              wish.edit(),
              wish.travel(),
              wish.traced(),
              wish.kept());
    }
    return wish;
  }

  private static Optional<Double> decimal(String text) {
    return Optional.of(Double.valueOf(text));
  }

  private static Optional<Integer> number(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(text));
  }
}
