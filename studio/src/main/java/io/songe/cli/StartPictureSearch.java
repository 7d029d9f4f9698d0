package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.EditRecipe.SourceRecipe;
import io.songe.pipeline.PictureFinder;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks for the pictures that a picture was drawn from: where the options say, else beside it.
 *
 * @param around the words
 * @param picture that is drawn again
 * @param from the start picture's file; empty if it was not given
 * @param mask the mask's file; empty if it was not given
 */
record StartPictureSearch(Surroundings around, Path picture, String from, String mask) {
  /**
   * Finds all pictures that a recipe needs.
   *
   * @throws InvalidRequestException if one cannot be found, or is another one
   */
  PictureFinder find(Recipe recipe) {
    Map<SourceRecipe, Image> found = new HashMap<>();
    List<SourceRecipe> wanted = recipe.edit().map(EditRecipe::pictures).orElse(List.of());
    requireUse("--from", from, wanted.size() > 0);
    requireUse("--mask", mask, wanted.size() > 1);
    for (int i = 0; i < wanted.size(); i++) {
      SourceRecipe each = wanted.get(i);
      found.put(each, i == 0 ? find(each, "--from", from) : find(each, "--mask", mask));
    }
    return each -> Objects.requireNonNull(found.get(each));
  }

  private void requireUse(String option, String given, boolean used) {
    if (!given.isEmpty() && !used) {
      throw new InvalidRequestException(around.say(Text.NO_START, picture, option));
    }
  }

  private Image find(SourceRecipe wanted, String option, String given) {
    String file = given.isEmpty() ? beside(wanted, option) : given;
    Image image = StartPicture.read(file, around).source().image();
    String sha256 = Source.of(image).sha256();
    if (!sha256.equalsIgnoreCase(wanted.sha256())) {
      throw new InvalidRequestException(
          around.say(Text.OTHER_START, file, sha256, Printable.line(wanted.sha256()), option));
    }
    return image;
  }

  /** A name in a recipe is foreign: only a plain one is looked for, and only beside. */
  private String beside(SourceRecipe wanted, String option) {
    if (!wanted.file().isBlank()) {
      Path name = UserPath.of(wanted.file(), around);
      Path file = picture.toAbsolutePath().resolveSibling(name.getFileName() + "");
      if (name.getNameCount() == 1 && !name.isAbsolute() && Files.isRegularFile(file)) {
        return file.toString();
      }
    }
    throw new InvalidRequestException(
        around.say(Text.START_MISSING, picture, Printable.line(wanted.file()), option));
  }
}
