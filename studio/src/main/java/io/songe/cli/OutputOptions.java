package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.PreviewStyle;
import io.songe.cli.terminal.Terminal;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.pipeline.GenerationRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say where pictures go and what is shown meanwhile. */
final class OutputOptions {
  private static final String BEST = "best";

  @Option(names = "--out", paramLabel = "${bundle:label.file}")
  private String out = "";

  @Option(names = "--grid")
  private boolean grid;

  @Option(names = "--background", paramLabel = "${bundle:label.colour}")
  private String background = "transparent";

  @Option(names = "--json")
  private boolean json;

  @Option(
      names = "--preview",
      paramLabel = "half|kitty|sixel",
      arity = "0..1",
      fallbackValue = BEST,
      preprocessor = OnlyAfterEquals.class)
  private @Nullable String preview;

  /** Leaves the word after {@code --preview} to the phrase. */
  static final class OnlyAfterEquals implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
        Stack<String> arguments,
        CommandSpec command,
        ArgSpec option,
        java.util.Map<String, Object> info) {
      boolean attached = "=".equals(info.get("separator"));
      if (!attached) {
        arguments.push(BEST);
      }
      return false;
    }
  }

  /**
   * Checks all that can be checked before the work.
   *
   * @param around where results are printed
   * @param request what is to be drawn
   * @param phrase as it was typed
   * @throws InvalidRequestException if pictures cannot be kept or shown as it was asked
   * @throws UnwritableException if nothing can be written where it was asked
   */
  PictureOutput prepare(Surroundings around, GenerationRequest request, String phrase) {
    return new PictureOutput(
        around, OutputPlace.of(around, out, phrase), Colour.parse(background), json, grid, request);
  }

  /**
   * Prepares the report of the work.
   *
   * @throws InvalidRequestException if the preview cannot be shown
   */
  DrawingReport report(Surroundings around) {
    Terminal terminal = around.terminal().get();
    return new DrawingReport(around, terminal, style(around, terminal), Colour.parse(background));
  }

  private Optional<PreviewStyle> style(Surroundings around, Terminal terminal) {
    if (preview == null) {
      return Optional.empty();
    }
    if (!terminal.interactive()) {
      throw new InvalidRequestException(around.say(Text.NO_TERMINAL));
    }
    return Optional.of(
        switch (preview.toLowerCase(Locale.ROOT)) {
          case BEST ->
              terminal
                  .asked()
                  .bestPreview()
                  .orElseThrow(() -> new InvalidRequestException(around.say(Text.NO_PREVIEW)));
          case "half" -> PreviewStyle.HALF;
          case "kitty" -> PreviewStyle.KITTY;
          case "sixel" -> PreviewStyle.SIXEL;
          default -> throw new InvalidRequestException(around.say(Text.UNKNOWN_PREVIEW, preview));
        });
  }
}
