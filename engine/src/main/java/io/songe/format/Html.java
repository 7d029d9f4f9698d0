package io.songe.format;

import io.songe.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Pages of the program's own, and texts as they show them. */
public final class Html {
  private Html() {}

  /**
   * {@return a text in which no sign means anything, for content and for attributes in quotes}
   *
   * @param text any
   */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * A page of the program's own, with its parts filled in: {@code {{name}}} becomes the part of
   * that name, as it is.
   *
   * @param beside a class beside which the page lies
   * @param page its name, such as {@code report.html}
   * @param parts by name, already escaped
   * @return the whole page
   * @throws EngineException if there is no such page, or it has a part that is not given
   */
  public static String page(Class<?> beside, String page, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    String[] pieces = template(beside, page).split("\\{\\{|}}", -1);
    for (int i = 0; i < pieces.length; i++) {
      String piece = i % 2 == 0 ? pieces[i] : parts.get(pieces[i]);
      if (piece == null) {
        throw new EngineException(page + " has a part that nobody fills: " + pieces[i]);
      }
      filled.append(piece);
    }
    return filled.toString();
  }

  private static String template(Class<?> beside, String page) {
    try (InputStream in = beside.getResourceAsStream(page)) {
      if (in == null) {
        throw new EngineException(page + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new EngineException(page + " cannot be read from the program", failure);
    }
  }
}
