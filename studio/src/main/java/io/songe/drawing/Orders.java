package io.songe.drawing;

import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import java.nio.file.Path;

/** Completes wishes into orders, and refuses at once what cannot be drawn. */
public final class Orders {
  private final Path models;
  private final InputStore inputs;

  /**
   * Completes wishes for the models of a folder.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs takes the pictures that edits begin with
   */
  public Orders(Path models, InputStore inputs) {
    this.models = models;
    this.inputs = inputs;
  }

  /**
   * Completes a wish.
   *
   * @param wish what is asked for
   * @return the order
   * @throws io.songe.error.InvalidRequestException if the model, style, sampler, an adapter is not
   *     known, or a number is out of its range
   */
  public Order complete(Wish wish) {
    throw new IllegalStateException("" + wish + models + inputs);
  }
}
