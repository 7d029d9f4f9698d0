package io.songe.evaluate;

import java.util.List;

/**
 * Pictures of one kind on an evaluation's page.
 *
 * @param title of the sheet
 * @param text what is to be seen
 * @param exhibits the pictures
 */
public record Sheet(String title, String text, List<Exhibit> exhibits) {
  /** A sheet with its list copied. */
  public Sheet {
    exhibits = List.copyOf(exhibits);
  }
}
