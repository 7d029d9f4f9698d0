package io.songe.cli.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the place can show to which progress is written. It claims no more than the environment or
 * the terminal itself says.
 *
 * @param interactive whether it is a terminal on which the cursor can be moved
 * @param window its size; the usual one where there is no terminal
 * @param colours the colours it shows
 * @param unicode whether block characters can be written
 * @param previews the styles of picture that it shows, none where it is not interactive
 */
public record Terminal(
    boolean interactive,
    Window window,
    ColourDepth colours,
    boolean unicode,
    Set<PreviewStyle> previews) {

  public Terminal {
    previews = Set.copyOf(previews);
  }

  /**
   * {@return what can be shown where standard error goes} The terminal itself is not asked.
   *
   * @param environment the environment variables
   */
  public static Terminal ofStandardError(Map<String, String> environment) {
    return of(environment, TerminalDevice.windowOfStandardError(), System.err.charset());
  }

  /** What can be shown in a window, which is empty where output does not go to a terminal. */
  static Terminal of(Map<String, String> environment, Optional<Window> window, Charset charset) {
    boolean interactive =
        window.isPresent() && !environment.getOrDefault("TERM", "").equals("dumb");
    boolean unicode = charset.equals(StandardCharsets.UTF_8);
    ColourDepth colours = interactive ? ColourDepth.of(environment) : ColourDepth.NONE;
    return new Terminal(
        interactive,
        window.orElse(Window.USUAL),
        colours,
        unicode,
        interactive ? PreviewStyle.of(environment, colours, unicode) : Set.of());
  }

  /**
   * {@return this terminal, and sixels if it answers that it has them} It is asked only if it is
   * interactive, the environment tells of no graphics, and this process is in the foreground, since
   * a terminal stops a background process that reads from it. Takes up to 0.3 s.
   */
  public Terminal asked() {
    boolean graphics = previews.stream().anyMatch(style -> style != PreviewStyle.HALF);
    if (!interactive || graphics) {
      return this;
    }
    return TerminalDevice.askAttributes()
        .filter(DeviceAttributes::sixel)
        .map(_ -> with(PreviewStyle.SIXEL))
        .orElse(this);
  }

  private Terminal with(PreviewStyle style) {
    Set<PreviewStyle> more = EnumSet.of(style);
    more.addAll(previews);
    return new Terminal(interactive, window, colours, unicode, more);
  }

  /** {@return the best style in which a picture can be shown, empty if there is none} */
  public Optional<PreviewStyle> bestPreview() {
    return previews.stream().min(Comparator.naturalOrder());
  }
}
