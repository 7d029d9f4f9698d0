package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.Image;
import io.songe.image.Photo;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Source;
import io.songe.text.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A picture that a drawing begins with, as its file holds it. PNG is read by the engine, which
 * finds in it how it was made; JPEG and what else Java can read, by Java.
 *
 * @param source the picture and its file's name
 * @param texts what its file says besides; looked at only when it is asked what to draw
 */
record StartPicture(Source source, Map<String, String> texts) {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  /**
   * Reads a picture.
   *
   * @param text the file as it was typed
   * @throws BrokenFileException if there is no such file, or it is no picture that can be read
   */
  static StartPicture read(String text, Surroundings around) {
    Path file = UserPath.of(text, around);
    Path name = file.getFileName();
    String label = name == null ? "" : name.toString();
    if (!Files.isRegularFile(file) || startsAsPng(file)) {
      Png png = Png.read(file, PngLimits.DEFAULT);
      return new StartPicture(new Source(label, png.image()), png.texts());
    }
    return new StartPicture(new Source(label, other(file, around)), Map.of());
  }

  /** {@return whether a file begins as PNG files do; also if it cannot be read} */
  static boolean startsAsPng(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PNG.length), PNG);
    } catch (IOException unreadable) {
      return true; // the reader of PNG says what is wrong with the file
    }
  }

  private Optional<Prompt> prompt() {
    Optional<Recipe> recipe = Recipe.of(texts);
    return recipe.isPresent()
        ? recipe.map(Recipe::prompt)
        : ForeignRecipe.of(texts)
            .map(foreign -> new Prompt(foreign.words(), foreign.negativeWords()));
  }

  private static Image other(Path file, Surroundings around) {
    try {
      if (Files.size(file) > PngLimits.DEFAULT.bytes()) {
        throw unreadable(file, around);
      }
      Photo photo = Photo.of(Files.readAllBytes(file)).orElseThrow(() -> unreadable(file, around));
      if (photo.pixels() > PngLimits.DEFAULT.pixels()) {
        throw new BrokenFileException(
            around.say(Text.PICTURE_TOO_LARGE, file, photo.pixels(), PngLimits.DEFAULT.pixels()));
      }
      return photo.decode();
    } catch (IOException unreadable) {
      throw new BrokenFileException(around.say(Text.NO_PICTURE_FILE, file), unreadable);
    }
  }

  private static BrokenFileException unreadable(Path file, Surroundings around) {
    return new BrokenFileException(around.say(Text.NO_PICTURE_FILE, file));
  }

  /** {@return the picture's size} */
  PictureSize size() {
    return new PictureSize(source.image().width(), source.image().height());
  }

  /**
   * What to draw: what was asked for, else what the picture was drawn from.
   *
   * @param asked with {@code --prompt}; empty if it was not given
   * @throws InvalidRequestException if neither says anything
   */
  Prompt subject(String asked, Surroundings around) {
    if (!Prompt.of(asked).isBlank()) {
      return Prompt.of(asked);
    }
    return prompt()
        .filter(said -> !said.isBlank())
        .orElseThrow(() ->
            new InvalidRequestException(around.say(Text.NO_PROMPT_IN_PICTURE, source.name())));
  }
}
