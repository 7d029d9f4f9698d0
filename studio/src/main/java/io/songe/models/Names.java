package io.songe.models;

import io.songe.diffusion.Catalogue;
import io.songe.error.InvalidRequestException;
import java.util.List;

/** What to say to a name that nothing has: the nearest one, if one is near, and all. */
public final class Names {
  private Names() {}

  /**
   * {@return the refusal of a name}
   *
   * @param kind what it was to be the name of
   * @param name what was asked for
   * @param known the names there are
   */
  public static InvalidRequestException unknown(String kind, String name, List<String> known) {
    String all = String.join(", ", known);
    return new InvalidRequestException(
        "there is no %s \"%s\"".formatted(kind, name)
            + (known.isEmpty()
                ? ""
                : Catalogue.nearest(name, known)
                    .map(nearest -> "; did you mean " + nearest + "? Known are " + all)
                    .orElse("; known are " + all)));
  }
}
