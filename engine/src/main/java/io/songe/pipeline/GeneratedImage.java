package io.songe.pipeline;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import io.songe.text.syntax.PromptSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture and how it was made.
 *
 * @param image the picture
 * @param recipe all that is needed to make it again
 */
public record GeneratedImage(Image image, Recipe recipe) {
  /** What is more than words to the grammar of A1111. */
  private static final Pattern SIGNS =
      Pattern.compile("[()\\[\\]\\\\<]|\\b(?:AND|BREAK)\\b", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * The picture laid over a background, which its recipe then tells.
   *
   * @param background what shows where the picture is not opaque
   * @return the changed copy; this one if the background is wholly transparent
   */
  public GeneratedImage over(Colour background) {
    return background.alpha() == 0
        ? this
        : new GeneratedImage(image.over(background), recipe.over(background));
  }

  /**
   * The picture as a PNG file that says how it was made, three times over: in the form that A1111
   * and many programs after it read, as our own complete recipe, and as the mark of the IPTC that a
   * model made it.
   *
   * @return the file
   */
  public Png toPng() {
    return new Png(image)
        .withText(ParametersText.KEYWORD, parametersText().write())
        .withText(Recipe.KEYWORD, recipe.toJson())
        .withText(SourceMark.KEYWORD, source().text());
  }

  /** Drawn from somebody's picture it is composite, whoever drew that. */
  private SourceMark source() {
    return recipe.edit().flatMap(EditRecipe::start).isPresent()
        ? SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA
        : SourceMark.TRAINED_ALGORITHMIC_MEDIA;
  }

  /**
   * Writes the picture as a PNG file, wholly or not at all.
   *
   * @param file where to; a file of that name is replaced
   * @throws io.songe.error.InvalidRequestException if its folder does not exist
   * @throws io.songe.error.BrokenFileException if it cannot be written
   */
  public void write(Path file) {
    toPng().write(file);
  }

  private ParametersText parametersText() {
    Recipe made = recipe;
    List<Parameter> lines = new ArrayList<>();
    lines.add(new Parameter("Steps", String.valueOf(made.steps())));
    lines.add(new Parameter("Sampler", made.samplerLabel()));
    lines.add(new Parameter("Schedule type", made.scheduleLabel()));
    lines.add(new Parameter("CFG scale", plain(made.guidanceScale())));
    lines.add(new Parameter("Seed", String.valueOf(made.seed())));
    lines.add(new Parameter("Size", made.width() + "x" + made.height()));
    if (made.weightsSha256().length() >= 10) {
      lines.add(new Parameter("Model hash", made.weightsSha256().substring(0, 10)));
    }
    lines.add(new Parameter("Model", made.model()));
    if (made.clipSkip() > 1) {
      lines.add(new Parameter("Clip skip", String.valueOf(made.clipSkip())));
    }
    emphasis(made).ifPresent(name -> lines.add(new Parameter("Emphasis", name)));
    if (made.guidanceRescale() != 0) {
      lines.add(new Parameter("Guidance rescale", plain(made.guidanceRescale())));
    }
    made.edit().ifPresent(edit -> lines.addAll(edit.parameters()));
    if (!made.background().equals(Recipe.NO_BACKGROUND)) {
      lines.add(new Parameter("Background", made.background()));
    }
    lines.add(new Parameter("RNG", "CPU"));
    lines.add(new Parameter("Version", made.software()));
    return new ParametersText(made.prompt().positive(), made.prompt().negative(), lines);
  }

  /** By A1111's names, and only where the prompt has more than words and is not read as there. */
  private static Optional<String> emphasis(Recipe made) {
    String texts = made.prompt().positive() + " " + made.prompt().negative();
    if (!SIGNS.matcher(texts).find()) {
      return Optional.empty();
    }
    return switch (PromptSyntax.named(made.syntax())) {
      case A1111 -> Optional.empty();
      case PLAIN -> Optional.of("No norm");
      case LITERAL -> Optional.of("None");
    };
  }

  static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }
}
