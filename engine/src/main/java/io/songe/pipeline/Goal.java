package io.songe.pipeline;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Interpolation;
import io.songe.diffusion.Wanted;
import io.songe.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is drawn towards in one step, and away from.
 *
 * @param wanted all at once, at least one
 * @param unwanted the negative prompt
 */
record Goal(List<Wanted> wanted, Conditioning unwanted) {
  /**
   * A goal between two.
   *
   * @throws InvalidRequestException if the two have different numbers of things that are wanted
   */
  Goal between(Goal other, double t, Interpolation way) {
    if (wanted.size() != other.wanted.size()) {
      throw new InvalidRequestException(
          "there is no way from a prompt of %d phrases joined by AND to one of %d; give both as many"
              .formatted(wanted.size(), other.wanted.size()));
    }
    List<Wanted> between = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Wanted from = wanted.get(i);
      Wanted to = other.wanted.get(i);
      between.add(
          new Wanted(
              from.conditioning().between(to.conditioning(), t, way),
              from.weight() + t * (to.weight() - from.weight())));
    }
    return new Goal(between, unwanted.between(other.unwanted, t, way));
  }
}
