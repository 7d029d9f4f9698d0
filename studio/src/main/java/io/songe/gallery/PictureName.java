package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a picture's file: the words of its phrase and its seed for people, then the id, as in
 * {@code un-renard-bleu-4207_0c5e9a.png}. The id alone counts.
 *
 * @param file the whole name
 * @param id the picture's
 */
record PictureName(String file, String id) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern FILE = Pattern.compile("[a-z0-9-]*_([a-z0-9-]{1,64})\\.png");

  /** A machine whose locale knows ASCII alone could not even list other names. */
  private static final Pattern OTHER_SCRIPTS = Pattern.compile("[^a-z0-9-]+");

  private static final Pattern HYPHENS = Pattern.compile("^-+|-+$|-+(?=-)");

  /** {@return the name of a new picture's file} */
  static PictureName of(String id, Origin origin) {
    String words = OTHER_SCRIPTS.matcher(PhraseName.of(origin.phrase())).replaceAll("");
    String seed = origin.seed().map(number -> "-" + number).orElse("");
    String readable = HYPHENS.matcher(words + seed).replaceAll("");
    return new PictureName(readable + "_" + id + ".png", id);
  }

  /** {@return the name, if a file of the gallery is called so} */
  static Optional<PictureName> parse(String file) {
    Matcher matcher = FILE.matcher(file);
    return matcher.matches()
        ? Optional.of(new PictureName(file, matcher.group(1)))
        : Optional.empty();
  }

  /** {@return whether this can be a picture's id} */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /**
   * Refuses what cannot be a picture's id.
   *
   * @throws InvalidRequestException if it cannot
   */
  static void check(String id) {
    if (!isId(id)) {
      throw new InvalidRequestException(
          "a picture's id has 1 to 64 lower-case letters, digits and hyphens, got "
              + FileLabel.quote(id));
    }
  }
}
