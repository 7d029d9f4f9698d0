package io.songe.text.syntax;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag that asks for a network beside the model's own: {@code <lora:name:0.8>}, {@code
 * <lora:name:0.8:0.5>}, {@code <lora:name:te=0.8:unet=0.5>}, {@code <hypernet:name:0.7>}.
 *
 * @param type of network, such as {@code lora}
 * @param name of the network, as written
 * @param arguments what follows the name, as written between colons: numbers, or {@code key=value}
 */
public record ExtraNetwork(String type, String name, List<String> arguments) {
  private static final Pattern TAG =
      Pattern.compile("<(\\w+):([^>]+)>", Pattern.UNICODE_CHARACTER_CLASS);

  private static final String TEXT_KEY = "te";
  private static final String IMAGE_KEY = "unet";

  /** Copies the list. */
  public ExtraNetwork {
    arguments = List.copyOf(arguments);
  }

  /**
   * Takes all tags out of a text, also those that appear when others are gone.
   *
   * @param text any text
   * @param found the list to which they are added, in their order
   * @return the rest of the text
   */
  static String takeOut(String text, List<ExtraNetwork> found) {
    String rest = text;
    int before;
    do {
      before = found.size();
      rest =
          TAG.matcher(rest)
              .replaceAll(tag -> {
                found.add(of(tag.group(1), tag.group(2)));
                return "";
              });
    } while (found.size() > before);
    return rest;
  }

  private static ExtraNetwork of(String type, String rest) {
    List<String> items = Arrays.asList(rest.split(":", -1));
    return new ExtraNetwork(type, items.getFirst(), items.subList(1, items.size()));
  }

  /**
   * How strongly the text encoder is changed: {@code te=...}, or the first number, or 1.
   *
   * @return the weight
   * @throws InvalidRequestException if what was written is no number
   */
  public double textWeight() {
    return named(TEXT_KEY).or(() -> numbered(0)).map(this::number).orElse(1.0);
  }

  /**
   * How strongly the network that draws is changed: {@code unet=...}, or the second number, or as
   * the text encoder.
   *
   * @return the weight
   * @throws InvalidRequestException if what was written is no number
   */
  public double imageWeight() {
    return named(IMAGE_KEY).or(() -> numbered(1)).map(this::number).orElseGet(this::textWeight);
  }

  private Optional<String> named(String key) {
    return arguments.stream()
        .filter(each -> each.startsWith(key + "="))
        .map(each -> each.substring(key.length() + 1))
        .findFirst();
  }

  private Optional<String> numbered(int index) {
    return arguments.stream().filter(each -> !each.contains("=")).skip(index).findFirst();
  }

  private double number(String text) {
    Matcher number = Pattern.compile(Numeral.PATTERN).matcher(text.strip());
    if (!number.matches()) {
      throw new InvalidRequestException(
          "the weight \"%s\" in %s is not a number; write for example <%s:%s:0.8>"
              .formatted(text, this, type, name));
    }
    return Numeral.read(number.group());
  }

  /** {@return the tag as text} */
  @Override
  public String toString() {
    var tag = new StringBuilder("<").append(type).append(':').append(name);
    arguments.forEach(each -> tag.append(':').append(each));
    return tag.append('>').toString();
  }
}
