package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a masked part begins with, before noise is added. The labels are A1111's. */
public enum MaskedContent {
  /** What is there. */
  ORIGINAL("original"),
  /** The colours of its surroundings, spread inwards. */
  FILL("fill"),
  /** Noise in place of latents. */
  NOISE("latent noise"),
  /** Latents of 0. */
  NOTHING("latent nothing");

  private final String label;

  MaskedContent(String label) {
    this.label = label;
  }

  /** {@return the name in commands and recipes, such as {@code fill}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the name as people are shown it} */
  public String label() {
    return label;
  }

  /**
   * The content of a name.
   *
   * @param name an id or a label, in any case
   * @return the content
   * @throws InvalidRequestException if there is none of that name
   */
  public static MaskedContent named(String name) {
    String wanted = name.strip();
    return Arrays.stream(values())
        .filter(each -> each.id().equalsIgnoreCase(wanted) || each.label.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown masked content \""
                    + name
                    + "\"; known are "
                    + Arrays.stream(values())
                        .map(MaskedContent::id)
                        .collect(Collectors.joining(", "))));
  }
}
