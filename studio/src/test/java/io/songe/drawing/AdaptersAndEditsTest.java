package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.image.Png;
import io.songe.jobs.InputStore;
import io.songe.jobs.Job;
import io.songe.jobs.Order;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that need more than a phrase: LoRAs, embeddings, start pictures and masks. */
class AdaptersAndEditsTest {
  private static final String LAYER =
      "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_v";
  private static final int CHANNELS = 256;
  private static final int WIDTH = 320;

  @TempDir private static Path folder;
  private static Path lora;
  private static Orders orders;
  private static Drawings drawings;

  @BeforeAll
  static void open() throws IOException {
    Path models = folder.resolve("models");
    lora = Files.createDirectories(models.resolve("loras")).resolve("ink.safetensors");
    write(
        lora,
        filled(LAYER + ".lora_down.weight", 0.5f, 1, CHANNELS),
        filled(LAYER + ".lora_up.weight", 0.5f, CHANNELS, 1));
    Path embeddings = Files.createDirectories(models.resolve("embeddings"));
    write(embeddings.resolve("mimi.safetensors"), filled("emb_params", 0.1f, 2, WIDTH));
    write(embeddings.resolve("cat.safetensors"), filled("emb_params", 0.1f, 2, 768));
    InputStore inputs = new InputStore(folder.resolve("inputs"));
    orders = new Orders(models, inputs);
    drawings = new Drawings(models, inputs);
  }

  private static void write(Path file, StoredTensor... tensors) throws IOException {
    SafetensorsWriter.write(file, List.of(tensors), Map.of());
  }

  private static StoredTensor filled(String name, float value, long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(values, value);
    return new StoredTensor(name, DType.FLOAT32, shape, MemorySegment.ofArray(values));
  }

  @AfterAll
  static void close() {
    drawings.close();
  }

  private static Png draw(Wish wish) {
    return draw(orders.complete(wish));
  }

  private static Png draw(Order order) {
    var easel = new CollectingEasel();
    drawings.draw(Wishes.job(order), easel);
    return easel.picture(0);
  }

  private static Wish from(Start start) {
    return Wishes.small("a fox", 1, Edit.NONE.withStart(start), Optional.empty(), false);
  }

  @Test
  void a_lora_is_applied_for_one_job_alone() {
    Png before = draw(Wishes.small("a fox", 1));
    Png with = draw(Wishes.small("a fox<lora:ink:0.5>", 1));
    Png after = draw(Wishes.small("a fox", 1));

    assertThat(after.image()).isEqualTo(before.image());
    assertThat(with.image()).isNotEqualTo(before.image());
    assertThat(Recipe.of(with.texts()).orElseThrow().adapters())
        .containsExactly(new AppliedAdapter("lora", "ink", 0.5, 0.5, FileHash.sha256(lora)));
  }

  @Test
  void an_order_with_an_adapter_can_be_completed_on_a_virtual_thread() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Order order =
          threads.submit(() -> orders.complete(Wishes.small("a fox<lora:ink:1>", 1))).get();

      assertThat(order.recipe().adapters()).hasSize(1);
    }
  }

  @Test
  void an_embedding_is_applied_where_its_name_is_a_word_and_it_fits_the_model() {
    assertThat(orders.complete(Wishes.small("a Mimi, a cat", 1)).recipe().adapters())
        .extracting(AppliedAdapter::name)
        .containsExactly("mimi");
    assertThat(orders.complete(Wishes.small("mimicry", 1)).recipe().adapters()).isEmpty();
  }

  @Test
  void a_lora_that_is_gone_when_the_job_is_drawn_is_missed_by_name() {
    Recipe recipe = orders.complete(Wishes.small("a fox<lora:ink:1>", 1)).recipe();
    String gone = recipe.toJson().replace(FileHash.sha256(lora), "0".repeat(64));
    Order order = orders.complete(Wishes.small("a fox", 1));
    Order other =
        new Order(
            order.owner(),
            order.door(),
            Recipe.fromJson(gone),
            "",
            1,
            Optional.empty(),
            false,
            true);

    assertThatThrownBy(() -> draw(other))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("the LoRA \"ink\" is not there any more, or is another file");
  }

  @Test
  void what_a_mask_keeps_stays_to_the_last_bit() {
    Image picture = Image.filled(64, 64, Colour.opaque(10, 200, 30));
    Image mask = Image.filled(64, 64, Colour.BLACK);
    Start start =
        new Start.Inpainted(
            Source.of(picture),
            new Masking(
                Source.of(mask),
                Mask.Convention.BRIGHT,
                true,
                0,
                MaskedContent.ORIGINAL,
                new Masking.Area.Whole()),
            Fit.CROP,
            1);
    Start kept =
        new Start.Inpainted(
            Source.of(picture),
            new Masking(
                Source.of(half()),
                Mask.Convention.BRIGHT,
                false,
                0,
                MaskedContent.ORIGINAL,
                new Masking.Area.Whole()),
            Fit.CROP,
            1);

    assertThat(draw(from(start)).image()).isNotEqualTo(picture);
    Image drawn = draw(from(kept)).image();
    assertThat(drawn.crop(32, 0, 32, 64)).isEqualTo(picture.crop(32, 0, 32, 64));
    assertThat(drawn.crop(0, 0, 32, 64)).isNotEqualTo(picture.crop(0, 0, 32, 64));
  }

  /** Bright on the left. */
  private static Image half() {
    byte[] rgba = new byte[4 * 64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
      byte level = (byte) (i % 64 < 32 ? 255 : 0);
      Arrays.fill(rgba, 4 * i, 4 * i + 3, level);
      rgba[4 * i + 3] = (byte) 255;
    }
    return Image.of(64, 64, rgba);
  }

  @Test
  void a_picture_drawn_from_another_is_marked_as_composite() {
    Start start = new Start.Picture(Source.of(Image.filled(64, 64, Colour.WHITE)), Fit.CROP, 0.5);

    Png drawn = draw(from(start));

    assertThat(drawn.texts().toString()).contains("compositeWithTrainedAlgorithmicMedia");
    assertThat(Recipe.of(drawn.texts()).orElseThrow().edit()).isPresent();
  }

  @Test
  void a_start_picture_that_is_gone_is_a_reason_to_fail() throws IOException {
    Image picture = Image.filled(64, 64, Colour.opaque(9, 9, 9));
    Order order = orders.complete(from(new Start.Picture(Source.of(picture), Fit.CROP, 0.5)));
    Job job = Wishes.job(order);
    try (var elsewhere =
        new Drawings(folder.resolve("models"), new InputStore(folder.resolve("other")))) {
      assertThatThrownBy(() -> elsewhere.draw(job, new CollectingEasel()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "the picture that this drawing begins with is not there any more; give it again");
    }
  }
}
