package io.songe.drawing;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.Draftsman.Easel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Keeps what is drawn, in memory. */
class CollectingEasel implements Easel {
  record Step(int image, int step, int steps, Optional<Image> preview) {}

  final Map<Integer, Png> pictures = new HashMap<>();
  final Map<Integer, Image> frames = new HashMap<>();
  final List<Step> steps = new ArrayList<>();
  private final Set<Integer> there;
  boolean watched = true;

  CollectingEasel(Integer... there) {
    this.there = Set.of(there);
  }

  Png picture(int image) {
    return Objects.requireNonNull(pictures.get(image));
  }

  Image frame(int frame) {
    return Objects.requireNonNull(frames.get(frame));
  }

  @Override
  public boolean has(int image) {
    return there.contains(image) || pictures.containsKey(image);
  }

  @Override
  public boolean isWatched() {
    return watched;
  }

  @Override
  public void stepped(int image, int step, int count, Optional<Image> preview) {
    steps.add(new Step(image, step, count, preview));
  }

  @Override
  public void drawn(int image, Png picture) {
    pictures.put(image, picture);
  }

  @Override
  public void frame(int frame, Image picture) {
    frames.put(frame, picture);
  }
}
