package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.diffusion.Catalogue;
import io.songe.error.InvalidRequestException;
import java.util.List;

/** What to say to a name that nothing has: the nearest one, if one is near, and all. */
final class UnknownName {
  private UnknownName() {}

  /**
   * {@return the refusal of a name}
   *
   * @param around the words
   * @param complaint what was asked for, with the name as its value
   * @param name the name
   * @param known the names there are
   */
  static InvalidRequestException refuse(
      Surroundings around, Text complaint, String name, List<String> known) {
    String all = String.join(", ", known);
    return new InvalidRequestException(
        around.say(complaint, name)
            + Catalogue.nearest(name, known)
                .map(nearest -> around.say(Text.NEAREST_AND_KNOWN, nearest, all))
                .orElse(around.say(Text.KNOWN_ARE, all)));
  }
}
