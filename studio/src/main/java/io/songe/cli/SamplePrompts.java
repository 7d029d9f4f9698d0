package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ImageGrid;
import io.songe.image.Png;
import io.songe.pipeline.PromptReading;
import io.songe.pipeline.TextToImage;
import io.songe.train.textimage.CaptionedPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What sheets of samples show: the same phrases each time, the n-th from the seed n.
 *
 * @param phrases at least one
 */
record SamplePrompts(List<String> phrases) {
  private static final int USUAL = 16;
  private static final int COLUMNS = 8;
  private static final int MARGIN = 4;

  /** Phrases with their list copied. */
  SamplePrompts {
    phrases = List.copyOf(phrases);
  }

  /**
   * Phrases that somebody wrote, one a line.
   *
   * @throws InvalidRequestException if there is none
   */
  static SamplePrompts read(Path file, Surroundings around) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      if (lines.isEmpty()) {
        throw new InvalidRequestException(around.say(Text.NO_PROMPTS, file.toString()));
      }
      return new SamplePrompts(lines);
    } catch (IOException failure) {
      throw FileLabel.of(file).unreadable(failure);
    }
  }

  /** Captions that nobody chose: those of the first pictures of a row. */
  static SamplePrompts of(CaptionedPicture.Row row) {
    return new SamplePrompts(
        LongStream.range(0, USUAL)
            .mapToObj(i -> {
              List<String> captions = row.at(i).captions();
              return captions.get((int) (i % captions.size()));
            })
            .toList());
  }

  /**
   * Draws a sheet.
   *
   * @param model folder of the model
   * @param file to be written
   */
  void draw(Path model, Path file) {
    try (TextToImage pipeline = TextToImage.open(model)) {
      List<Image> pictures = new ArrayList<>();
      for (int seed = 0; seed < phrases.size(); seed++) {
        pictures.add(
            pipeline
                .generate(
                    pipeline.request(phrases.get(seed), seed).withReading(PromptReading.literal()))
                .getFirst()
                .image()
                .over(Colour.WHITE));
      }
      new Png(new ImageGrid(COLUMNS, MARGIN, Colour.WHITE).arrange(pictures)).write(file);
    }
  }
}
