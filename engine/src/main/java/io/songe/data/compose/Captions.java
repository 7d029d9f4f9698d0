package io.songe.data.compose;

import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.random.Draws;
import java.util.Set;

/** The many true captions of one drawing as it is, without its picture. */
public final class Captions {
  private final Subject subject;

  private Captions(Subject subject) {
    this.subject = subject;
  }

  /**
   * The captions of a drawing.
   *
   * @param drawing any
   * @return its captions
   */
  public static Captions of(Drawing drawing) {
    return new Captions(Subject.of(0, drawing));
  }

  /** {@return the languages in which there are captions; at least one} */
  public Set<Language> languages() {
    return subject.languages();
  }

  /**
   * One of the captions.
   *
   * @param language in which it is worded, if the drawing has a caption in it; else it is worded in
   *     one that the drawing has
   * @param choice any number: the same number, the same caption
   * @return a caption that is true
   */
  public String caption(Language language, long choice) {
    Language spoken = Words.spoken(language, languages());
    return new Wordings(spoken, new Dice(new Draws(choice))).plain(subject);
  }
}
