package io.songe.cli;

import io.songe.cli.terminal.ProgressBar;
import io.songe.explain.Figure;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import java.nio.file.Path;

/**
 * Writes a figure that explains something.
 *
 * @param around where it is said
 * @param place where the file goes
 */
record FigureOutput(Surroundings around, OutputPlace place) {
  /**
   * An output whose folder can be written to.
   *
   * @param wanted a folder, or a file's name; empty for the working folder
   * @param name of the file where none is wanted
   */
  static FigureOutput of(Surroundings around, String wanted, String name) {
    return new FigureOutput(around, OutputPlace.of(around, wanted, name));
  }

  /** {@return a bar that shows nothing yet} */
  ProgressBar bar() {
    return new ProgressBar(
        around.err(), around.terminal().get(), around.messages(), around.clock());
  }

  /** Writes a figure, and says what it shows and where it is. */
  void write(Figure figure) {
    Path file = place.figure();
    SourceMark mark = SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA;
    OutputPlace.write(new Png(figure.draw()).withText(SourceMark.KEYWORD, mark.text()), file);
    figure.rows().stream()
        .map(Figure.Row::title)
        .filter(title -> !title.isEmpty())
        .forEach(title -> around.err().print(title + "\n"));
    around.print(Printable.line(file.toString()));
  }
}
