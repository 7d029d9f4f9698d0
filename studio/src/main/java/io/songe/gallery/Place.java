package io.songe.gallery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a picture lies in the gallery's folder.
 *
 * @param trashed whether in the trash
 * @param owner whose folder
 * @param day whose folder, as {@code 2026-11-23}
 * @param name of the file
 */
record Place(boolean trashed, String owner, String day, PictureName name) {
  static final String PICTURES = "pictures";
  static final String TRASH = "trash";

  private static final Pattern DAY = Pattern.compile("\\d{4,6}-\\d{2}-\\d{2}");

  /** {@return whether a folder of this name holds a day's pictures} */
  static boolean isDay(String folder) {
    return DAY.matcher(folder).matches();
  }

  /** {@return the folder below the gallery's, with slashes} */
  String folder() {
    return folder(trashed, owner, day);
  }

  static String folder(boolean trashed, String owner, String day) {
    return (trashed ? TRASH : PICTURES) + "/" + OwnerFolder.of(owner) + "/" + day;
  }

  /** {@return the owner's folder, the day's and the file, which the trash does not change} */
  String path() {
    return OwnerFolder.of(owner) + "/" + day + "/" + name.file();
  }

  /** {@return the place that {@link #path} gave, not in the trash} */
  static Optional<Place> parse(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != 3 || !isDay(parts[1])) {
      return Optional.empty();
    }
    Optional<PictureName> name = PictureName.parse(parts[2]);
    return OwnerFolder.owner(parts[0])
        .flatMap(owner -> name.map(file -> new Place(false, owner, parts[1], file)));
  }

  Place inTrash(boolean now) {
    return new Place(now, owner, day, name);
  }
}
