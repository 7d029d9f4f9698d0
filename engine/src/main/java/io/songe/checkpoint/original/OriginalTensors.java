package io.songe.checkpoint.original;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.tensor.Shape;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a file by name, of which the shapes alone are asked, positioned at a prefix.
 *
 * @param label how messages call the file
 * @param shapes of all tensors, by their whole names
 * @param prefix of the names that are asked for
 */
public record OriginalTensors(FileLabel label, Map<String, Shape> shapes, String prefix) {
  /** Tensors behind an unmodifiable view of the map. */
  public OriginalTensors {
    shapes = Collections.unmodifiableMap(shapes);
  }

  /**
   * All tensors of a file.
   *
   * @param label how messages call the file
   * @param shapes of its tensors
   */
  public OriginalTensors(FileLabel label, Map<String, Shape> shapes) {
    this(label, shapes, "");
  }

  /**
   * The same tensors under a prefix behind this one.
   *
   * @param block what is added to the prefix
   * @return these tensors, positioned there
   */
  public OriginalTensors in(String block) {
    return new OriginalTensors(label, shapes, prefix + block);
  }

  Set<String> names() {
    return shapes.keySet();
  }

  boolean has(String name) {
    return shapes.containsKey(prefix + name);
  }

  /** Whether any tensor has a name that begins so. */
  boolean hasAny(String beginning) {
    return shapes.keySet().stream().anyMatch(name -> name.startsWith(prefix + beginning));
  }

  /** How many there are of a name in which %d counts from 0. */
  int count(String pattern) {
    int count = 0;
    while (has(pattern.formatted(count))) {
      count++;
    }
    return count;
  }

  int rank(String name) {
    return shape(name).rank();
  }

  /** One extent of a tensor that must be there. */
  int size(String name, int dimension) {
    Shape shape = shape(name);
    if (shape.rank() <= dimension
        || shape.dim(dimension) < 1
        || shape.dim(dimension) > Integer.MAX_VALUE) {
      throw label.broken(
          "tensor %s is %s, which no network of this kind has; is it another model's file?"
              .formatted(FileLabel.shorten(prefix + name), shape));
    }
    return (int) shape.dim(dimension);
  }

  private Shape shape(String name) {
    Shape shape = shapes.get(prefix + name);
    if (shape == null) {
      throw missing(name);
    }
    return shape;
  }

  private BrokenFileException missing(String name) {
    return label.broken(
        "there is no tensor %s; is the file complete, and a model of this kind?"
            .formatted(FileLabel.shorten(prefix + name)));
  }
}
