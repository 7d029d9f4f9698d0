package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.ImageTensors;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentShardsTest {
  /** More than one shard holds. */
  private static final int MANY = LatentShards.IN_A_SHARD + 5;

  @TempDir Path folder;

  private static Tensor latent(int position) {
    return new Toys.Shrinking().encode(ImageTensors.toTensor(Toys.picture(position).image(), 4));
  }

  @Test
  void latents_are_the_pictures_with_a_standard_deviation_of_1() {
    try (LatentShards shards = Toys.latents(folder, MANY);
        Scope _ = Scope.open()) {
      int last = MANY - 1;

      float[] two = shards.latents(new int[] {last, 1}).toFloats();
      Tensor expected = Tensor.concat(List.of(latent(last), latent(1)), 0).times(shards.scale());

      assertThat(shards.latent()).isEqualTo(Shape.of(4, 8, 8));
      // BFLOAT16 has 8 bits of mantissa
      assertThat(two).containsExactly(expected.toFloats(), within(.01f));
      int[] all = java.util.stream.IntStream.range(0, 900).toArray();
      assertThat(shards.latents(all).reshape(-1).std(0).item()).isCloseTo(1, within(.01));
    }
  }

  @Test
  void tokens_are_those_of_the_chosen_captions() {
    ClipTokenizer tokenizer = Toys.tokenizer();
    try (LatentShards shards = Toys.latents(folder, 5);
        Scope _ = Scope.open()) {
      long[] ids = shards.tokens(new int[] {4, 0}, new int[] {1, 0}).toLongs();

      List<Long> expected = new ArrayList<>();
      for (String caption : List.of("un vert", "rouge")) {
        for (int id : tokenizer.truncated(caption).toArray()) {
          expected.add((long) id);
        }
      }
      assertThat(ids).containsExactly(expected.toArray(Long[]::new));
      assertThat(shards.drawing(4)).isEqualTo(OptionalInt.of(1));
    }
  }

  @Test
  void several_threads_make_the_same_files() throws IOException {
    Toys.making(40).make(folder.resolve("a"), 1, _ -> {}).close();
    Toys.making(40).make(folder.resolve("b"), 3, _ -> {}).close();

    assertThat(LatentShards.file(folder.resolve("b"), 0))
        .hasSameBinaryContentAs(LatentShards.file(folder.resolve("a"), 0));
  }

  @Test
  void making_goes_on_after_the_shards_that_are_there() throws IOException {
    Toys.latents(folder, MANY).close();
    byte[] second = Files.readAllBytes(LatentShards.file(folder, 1));
    Files.delete(LatentShards.file(folder, 1));
    var first = Files.getLastModifiedTime(LatentShards.file(folder, 0));
    List<Integer> told = new ArrayList<>();

    Toys.making(MANY).make(folder, 1, told::add).close();

    assertThat(Files.getLastModifiedTime(LatentShards.file(folder, 0))).isEqualTo(first);
    assertThat(LatentShards.file(folder, 1)).hasBinaryContent(second);
    assertThat(told).startsWith(LatentShards.IN_A_SHARD).endsWith(MANY);
  }

  @Test
  void each_call_without_time_makes_one_shard() {
    LatentMaking making = Toys.making(MANY);

    assertThat(making.make(folder, 1, () -> false, _ -> {})).isEmpty();

    assertThat(LatentShards.file(folder, 0)).exists();
    assertThat(LatentShards.file(folder, 1)).doesNotExist();
    making.make(folder, 1, () -> false, _ -> {}).orElseThrow().close();
  }

  @Test
  void latents_of_another_recipe_are_refused_by_what_differs() {
    Toys.latents(folder, 5).close();

    assertThatThrownBy(() -> Toys.latents(folder, 6))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("count is 5 there, and 6 is wanted");
  }

  @Test
  void a_damaged_shard_is_refused() throws IOException {
    Toys.latents(folder, 5).close();
    Path file = LatentShards.file(folder, 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 100] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> Toys.latents(folder, 5))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("latents-00000.safetensors")
        .hasMessageContaining("remove it");
  }

  @Test
  void a_missing_shard_is_refused_when_nobody_makes_it() throws IOException {
    Toys.latents(folder, MANY).close();
    Files.delete(LatentShards.file(folder, 1));

    assertThatThrownBy(() -> LatentShards.open(folder, Toys.recipe(MANY)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("latents-00001.safetensors");
  }

  @Test
  void pictures_that_cannot_be_shrunk_by_whole_pixels_are_refused() {
    LatentRecipe of48 = new LatentRecipe("c", "a", "t", "p", 1, 48, 5, Toys.CAPTIONS);
    LatentMaking making =
        new LatentMaking(of48, Toys::picture, Toys.tokenizer(), new Toys.Shrinking());

    assertThatThrownBy(() -> making.make(folder, 1, _ -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("64x64")
        .hasMessageContaining("48x48");
  }

  @Test
  void an_interrupted_making_stops_and_keeps_whole_shards() {
    LatentMaking making = Toys.making(MANY);

    assertThatThrownBy(() ->
            making.make(
                folder,
                1,
                done -> {
                  if (done > LatentShards.IN_A_SHARD) {
                    Thread.currentThread().interrupt();
                  }
                }))
        .isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(LatentShards.file(folder, 0)).exists();
    assertThat(LatentShards.file(folder, 1)).doesNotExist();
  }

  @Test
  void pictures_that_are_all_alike_teach_nothing() {
    CaptionedPicture.Row one =
        _ ->
            new CaptionedPicture(
                io.songe.image.Image.filled(64, 64, io.songe.image.Colour.WHITE),
                List.of("a", "b"),
                OptionalInt.of(0));
    LatentMaking making =
        new LatentMaking(Toys.recipe(3), one, Toys.tokenizer(), new Toys.Shrinking());

    assertThatThrownBy(() -> making.make(folder, 1, _ -> {}))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("standard deviation of 0");
  }
}
