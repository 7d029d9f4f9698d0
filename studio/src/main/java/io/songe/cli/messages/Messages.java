package io.songe.cli.messages;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** What the command line says, in the user's language: English or French. */
public final class Messages {
  private final Locale locale;
  private final ResourceBundle bundle;

  private Messages(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            Messages.class.getName(),
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * {@return the messages in a language; English where it is not French}
   *
   * @param locale the language, and the country whose numbers are written
   */
  public static Messages in(Locale locale) {
    return new Messages(locale);
  }

  /**
   * {@return the messages for a user} The first of {@code SONGE_LOCALE}, {@code LC_ALL}, {@code
   * LC_MESSAGES} and {@code LANG} that is set decides, the last three as in every program of a
   * shell; where none is set, the second argument does.
   *
   * @param environment the environment variables
   * @param otherwise the locale of the Java virtual machine
   */
  public static Messages of(Map<String, String> environment, Locale otherwise) {
    return Stream.of("SONGE_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(Messages::posixLocale)
        .map(Messages::new)
        .orElseGet(() -> new Messages(otherwise));
  }

  /** From {@code fr_CA.UTF-8@euro}, say, or from {@code C} and {@code POSIX}, which are English. */
  private static Locale posixLocale(String name) {
    String language = name.replaceFirst("[.@].*", "");
    return language.equals("C") || language.equals("POSIX")
        ? Locale.ENGLISH
        : Locale.forLanguageTag(language.replace('_', '-'));
  }

  /** {@return the language, and the country whose numbers are written} */
  public Locale locale() {
    return locale;
  }

  /** {@return the bundle in which picocli looks up its help texts} */
  public ResourceBundle bundle() {
    return bundle;
  }

  /**
   * {@return the speed of something that takes less than a second a step}
   *
   * @param speed steps in a second
   */
  public String stepsPerSecond(double speed) {
    return format("progress.stepsPerSecond", speed);
  }

  /**
   * {@return the speed of something that takes more than a second a step}
   *
   * @param seconds seconds for a step
   */
  public String secondsPerStep(double seconds) {
    return format("progress.secondsPerStep", seconds);
  }

  /**
   * {@return how long it will still take}
   *
   * @param time rounded to seconds: 8 s, 2:05, 1:02:05
   */
  public String left(Duration time) {
    return format("progress.left", clock(time.plusMillis(500)));
  }

  private static String clock(Duration time) {
    if (time.toHours() > 0) {
      return time.toHours() + ":" + two(time.toMinutesPart()) + ":" + two(time.toSecondsPart());
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + ":" + two(time.toSecondsPart())
        : time.toSeconds() + " s";
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /**
   * {@return the line for a request or a file that could not be used}
   *
   * @param reason what was wrong and what to do, a sentence of the engine
   */
  public String failed(String reason) {
    return format("error.failed", reason);
  }

  /** {@return the line that follows the stack trace of a defect of Songe} */
  public String defect() {
    return format("error.defect");
  }

  /** {@return what is wrong when the arguments hold letters that the locale cannot carry} */
  public String unreadableArguments() {
    return format("error.unreadableArguments");
  }

  /**
   * {@return a text with its values filled in}
   *
   * @param text which
   * @param values numbers are written as the language does: give one that is a name, such as a
   *     seed, as text
   */
  public String say(Text text, Object... values) {
    return format(text.key(), values);
  }

  private String format(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }
}
