package io.songe.cli;

import io.songe.checkpoint.ModelSummary;
import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.models.ModelShelf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code songe models show}: what a model's authors say of it. */
@Command(name = "show")
final class ModelsShowCommand implements Callable<Integer> {
  private static final String CARD = "README.md";
  private static final int MOST_BYTES = 1 << 20;

  /** About a screenful. */
  private static final int MOST_CHARACTERS = 1600;

  /** What Hugging Face's pages read: keys and values between two lines of hyphens. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\n.*?\\n---\\n", Pattern.DOTALL);

  private static final Pattern HEADING_AT_THE_END = Pattern.compile("\\n#[^\\n]*\\s*\\z");

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.model}", arity = "0..1", descriptionKey = "model")
  private String model = ModelShelf.BUNDLED;

  ModelsShowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path folder = new Shelves(around).model(model);
    ModelSummary summary = ModelSummary.read(folder);
    around.print(Printable.line(summary.card().name()));
    ModelDescription.lines(summary, around).forEach(around::print);
    around.print("");
    Path card = folder.resolve(CARD);
    if (Files.isRegularFile(card)) {
      print(read(card), card);
    } else {
      around.print(around.say(Text.NO_CARD));
    }
    return ExitCode.DONE.number();
  }

  private static String read(Path card) {
    try (InputStream in = Files.newInputStream(card)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new BrokenFileException(card + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private void print(String card, Path file) {
    String text = FRONT_MATTER.matcher(Printable.lines(card)).replaceFirst("").strip();
    String beginning = beginning(text);
    around.print(beginning);
    if (beginning.length() < text.length()) {
      around.print("\n" + around.say(Text.CARD_GOES_ON, Printable.line(place(file))));
    }
  }

  /** Inside the bundled model's jar a path alone would mislead. */
  private static String place(Path file) {
    return file.getFileSystem().equals(FileSystems.getDefault())
        ? file.toString()
        : file.toUri().toString();
  }

  /** Whole paragraphs, as far as they fit; the first in any case. */
  private static String beginning(String text) {
    int end = text.length();
    while (end > MOST_CHARACTERS) {
      int before = text.lastIndexOf("\n\n", end - 1);
      if (before < 0) {
        boolean split = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, split ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
      }
      end = before;
    }
    String paragraphs = text.substring(0, end);
    return end == text.length()
        ? paragraphs
        : HEADING_AT_THE_END.matcher(paragraphs).replaceFirst("").stripTrailing();
  }
}
