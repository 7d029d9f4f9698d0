package io.songe.film;

import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.image.SourceMark;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/**
 * Pictures that are shown one after the other, again and again. The list of frames may read them
 * from somewhere when it is asked: it is asked for one at a time, in order, perhaps twice.
 *
 * @param frames at least one, all of one size
 * @param framesPerSecond 1 to 60
 * @param pingPong whether it goes back to the first frame by the same way, instead of jumping
 * @param texts that go into the file where its format has a place: under the keywords of PNG, of
 *     which every format knows {@link SourceMark#KEYWORD}
 */
public record Film(
    List<Image> frames, double framesPerSecond, boolean pingPong, Map<String, String> texts) {
  private static final int FASTEST = 60;

  /**
   * A checked film.
   *
   * @throws InvalidRequestException if it has no frame, or too many or too few in a second
   */
  public Film {
    texts = Map.copyOf(texts);
    if (frames.isEmpty()) {
      throw new InvalidRequestException("a film needs at least one frame");
    }
    if (!(framesPerSecond >= 1 && framesPerSecond <= FASTEST)) {
      throw new InvalidRequestException(
          "a film has from 1 to %d frames in a second, got %s".formatted(FASTEST, framesPerSecond));
    }
  }

  /**
   * A film that says that a model made it, and jumps back to its first frame.
   *
   * @param frames at least one, all of one size
   * @param framesPerSecond 1 to 60
   * @return the film
   */
  public static Film of(List<Image> frames, double framesPerSecond) {
    return new Film(
        frames,
        framesPerSecond,
        false,
        Map.of(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text()));
  }

  /** {@return this film, going back by the way it came} */
  public Film thereAndBack() {
    return new Film(frames, framesPerSecond, true, texts);
  }

  /** {@return all frames in the order in which they are shown; the ends are not shown twice} */
  List<Image> shown() {
    int there = frames.size();
    int back = pingPong ? Math.max(0, there - 2) : 0;
    return new AbstractList<>() {
      @Override
      public Image get(int index) {
        return frames.get(index < there ? index : 2 * there - 2 - index);
      }

      @Override
      public int size() {
        return there + back;
      }
    };
  }

  /** {@return how long each frame is shown} */
  Duration each() {
    return Duration.ofNanos(Math.round(1e9 / framesPerSecond));
  }

  /** Refuses a frame of another size than the first. */
  static void requireSize(Image first, Image frame) {
    if (frame.width() != first.width() || frame.height() != first.height()) {
      throw new InvalidRequestException(
          "all frames of a film have one size; the first is %dx%d and another %dx%d"
              .formatted(first.width(), first.height(), frame.width(), frame.height()));
    }
  }
}
