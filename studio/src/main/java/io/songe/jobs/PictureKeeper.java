package io.songe.jobs;

import io.songe.image.Png;

/** Keeps finished pictures; the gallery, for the queue. */
public interface PictureKeeper {
  /**
   * {@return whether a picture is kept}
   *
   * @param id the picture's
   */
  boolean has(String id);

  /**
   * Keeps a picture, wholly or not at all; one of that id is there only once however often this is
   * called.
   *
   * @param id the picture's
   * @param job it belongs to
   * @param picture with its texts
   */
  void keep(String id, Job job, Png picture);
}
