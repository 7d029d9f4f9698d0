package io.songe.drawing;

import io.songe.jobs.Draftsman;
import io.songe.jobs.InputStore;
import io.songe.jobs.Job;
import java.nio.file.Path;

/** Draws orders with the models at hand. */
public final class Drawings implements Draftsman, AutoCloseable {
  /**
   * Draws with the models of a folder.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs has the pictures that edits begin with
   */
  public Drawings(Path models, InputStore inputs) {
    if (models.equals(Path.of("")) && inputs.find("").isPresent()) {
      throw new IllegalStateException();
    }
  }

  @Override
  public void draw(Job job, Easel easel) {
    throw new IllegalStateException();
  }

  /** Opens a model before it is asked for, so that the first picture does not wait for it. */
  public void warm(String model) {
    throw new IllegalStateException(model);
  }

  /** Closes the models. */
  @Override
  public void close() {}
}
