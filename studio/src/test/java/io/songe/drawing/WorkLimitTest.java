package io.songe.drawing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Upscaler;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLimitTest {
  private static final WorkLimit LIMIT = new WorkLimit(128 * 128, 128 * 128 * 10 * 4);

  private static GenerationRequest request(int side, int steps) {
    return new GenerationRequest(
        Prompt.of("a fox"),
        side,
        side,
        steps,
        new Guidance.None(),
        Samplers.choose("euler", ""),
        1,
        1);
  }

  @Test
  void what_is_just_within_both_limits_is_taken() {
    assertThatCode(() -> LIMIT.require(request(128, 10), 4)).doesNotThrowAnyException();
  }

  @Test
  void one_picture_more_is_too_much_work() {
    assertThatThrownBy(() -> LIMIT.require(request(128, 10), 5))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "5 pictures of 128x128 in 10 steps are too much for one request; ask for fewer pictures, fewer steps or a smaller size");
  }

  @Test
  void a_larger_picture_is_refused_with_its_pixels() {
    assertThatThrownBy(() -> LIMIT.require(request(136, 1), 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture has at most 16384 pixels here, got 18496; take a smaller size");
  }

  @Test
  void a_second_pass_counts_with_its_own_size_and_steps() {
    GenerationRequest enlarged =
        request(64, 10).withSecondPass(new SecondPass.Enlarged(136, 136, Upscaler.LATENT, 1, 0.5));

    assertThatThrownBy(() -> LIMIT.require(enlarged, 1)).hasMessageContaining("got 18496");
  }

  @Test
  void the_frames_of_a_travel_are_its_pictures(@TempDir Path folder) {
    Orders orders = new Orders(folder.resolve("models"), new InputStore(folder.resolve("inputs")));
    Order.Travel travel = new Order.Travel(Optional.of("a whale"), Optional.empty(), 240);
    Wish wish = Wishes.small("a fox", 1, Edit.NONE, Optional.of(travel), false);
    Wish large =
        new Wish(
            wish.owner(),
            wish.door(),
            wish.model(),
            wish.prompt(),
            wish.style(),
            Optional.of(2048),
            Optional.of(2048),
            Optional.of(20),
            wish.guidance(),
            wish.guidanceRescale(),
            wish.sampler(),
            wish.schedule(),
            wish.seed(),
            wish.count(),
            wish.syntax(),
            wish.clipSkip(),
            wish.background(),
            wish.edit(),
            wish.travel(),
            wish.traced(),
            wish.kept());

    assertThatThrownBy(() -> orders.complete(large))
        .hasMessageContaining("240 pictures of 2048x2048 in 20 steps are too much");
  }
}
