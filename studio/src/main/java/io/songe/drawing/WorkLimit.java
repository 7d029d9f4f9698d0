package io.songe.drawing;

import io.songe.error.InvalidRequestException;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.SecondPass;

/**
 * How much one order may ask of the machine, so that no request takes it for hours, or all of its
 * memory.
 *
 * @param pixels of one picture
 * @param work pixels times steps, of all pictures together
 */
public record WorkLimit(long pixels, long work) {
  /** 2048x2048, and 19 pictures of that size in 50 steps, or 3000 of 256x256 in 20. */
  public static final WorkLimit USUAL = new WorkLimit(2048L * 2048, 4_000_000_000L);

  /**
   * Refuses what is too much.
   *
   * @param request for one picture
   * @param pictures how many of it, or how many frames
   * @throws InvalidRequestException if it is
   */
  void require(GenerationRequest request, int pictures) {
    long largest = (long) request.width() * request.height();
    long each = largest * request.steps();
    if (request.edit().secondPass() instanceof SecondPass.Enlarged pass) {
      long enlarged = (long) pass.width() * pass.height();
      each += enlarged * pass.steps();
      largest = Math.max(largest, enlarged);
    }
    if (largest > pixels) {
      throw new InvalidRequestException(
          "a picture has at most %d pixels here, got %d; take a smaller size"
              .formatted(pixels, largest));
    }
    if (each > work / pictures) {
      throw new InvalidRequestException(
          "%d pictures of %dx%d in %d steps are too much for one request; ask for fewer pictures, fewer steps or a smaller size"
              .formatted(pictures, request.width(), request.height(), request.steps()));
    }
  }
}
