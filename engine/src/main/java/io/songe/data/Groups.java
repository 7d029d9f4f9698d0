package io.songe.data;

import io.songe.error.InvalidRequestException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups of a corpus's drawings are meant, such as {@code animals-nature}.
 *
 * @param names of the groups; empty for all
 */
public record Groups(Set<String> names) {
  private static final Groups ALL = new Groups(Set.of());

  /** Groups with their names sorted. */
  public Groups {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** {@return all drawings, whatever their group} */
  public static Groups all() {
    return ALL;
  }

  /**
   * {@return groups by their names}
   *
   * @param list names with commas between them
   */
  public static Groups named(String list) {
    return new Groups(new TreeSet<>(List.of(list.split(",", -1))));
  }

  /**
   * {@return whether a drawing is meant}
   *
   * @param drawing any
   */
  public boolean include(Drawing drawing) {
    return names.isEmpty() || names.contains(drawing.group());
  }

  /**
   * Refuses groups that a corpus does not have.
   *
   * @param drawings of the corpus
   * @throws InvalidRequestException that names the first, and those that there are
   */
  public void requireIn(List<Drawing> drawings) {
    Set<String> known = new TreeSet<>();
    drawings.forEach(drawing -> known.add(drawing.group()));
    names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new InvalidRequestException(
              "the corpus has no drawings of the group %s; its groups are %s"
                  .formatted(name, String.join(", ", known)));
        });
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
