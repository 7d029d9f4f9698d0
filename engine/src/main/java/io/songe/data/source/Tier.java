package io.songe.data.source;

import io.songe.error.InvalidRequestException;
import java.util.Locale;

/** What a licence asks of those who pass on what was made of a work; each includes the former. */
public enum Tier {
  /** That the notice stays: MIT, Apache-2.0. */
  PERMISSIVE,
  /** That the author is named: CC-BY. */
  ATTRIBUTION,
  /** That what is made of it is under the same licence: CC-BY-SA. */
  SHARE_ALIKE;

  /** {@return its name in files and on the command line, such as {@code share-alike}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The tier of a name.
   *
   * @param code its name, as {@link #code()} gives it
   * @return the tier
   * @throws InvalidRequestException if there is none of that name
   */
  public static Tier of(String code) {
    for (Tier tier : values()) {
      if (tier.code().equals(code)) {
        return tier;
      }
    }
    throw new InvalidRequestException(
        "a tier of licences is permissive, attribution or share-alike, got '%s'".formatted(code));
  }
}
