package io.songe.text.syntax;

import io.songe.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A whole prompt: phrases joined by AND, which are drawn towards all at once, and the extra
 * networks that it names. Liu et al. 2022, "Compositional Visual Generation with Composable
 * Diffusion Models".
 *
 * <p>AND counts as a word of its own and in capitals, wherever it stands, brackets or not. After it
 * or before it a phrase may end in {@code :weight}. We read such an ending only where there is an
 * AND; the web UI does always, so that a phrase ending in a time of day is weighted by its minutes.
 *
 * @param branches the phrases, at least one
 * @param networks the tags such as {@code <lora:name:0.8>}, which are taken out of the text
 */
public record Composition(List<Branch> branches, List<ExtraNetwork> networks) {
  private static final Pattern AND = Pattern.compile("\\bAND\\b", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern WEIGHT =
      Pattern.compile(":\\s*(" + Numeral.PATTERN + ")$", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * One of the phrases.
   *
   * @param text the phrase
   * @param weight how much it counts; 1 is usual, a negative one pushes away
   */
  public record Branch(EditedText text, double weight) {
    @Override
    public String toString() {
      return text + " :" + Numeral.write(weight);
    }
  }

  /**
   * A checked prompt.
   *
   * @throws EngineException if there is no branch
   */
  public Composition {
    branches = List.copyOf(branches);
    networks = List.copyOf(networks);
    if (branches.isEmpty()) {
      throw new EngineException("a prompt is at least one phrase, if an empty one");
    }
  }

  /**
   * Reads a prompt.
   *
   * @param text any text
   * @return what it asks for
   */
  public static Composition parse(String text) {
    List<ExtraNetwork> networks = new ArrayList<>();
    String words = ExtraNetwork.takeOut(text, networks);
    String[] parts = AND.split(words, -1);
    if (parts.length == 1) {
      return new Composition(List.of(new Branch(EditedText.parse(words), 1)), networks);
    }
    List<Branch> branches = new ArrayList<>();
    for (String part : parts) {
      branches.add(branch(WhiteSpace.strip(part)));
    }
    return new Composition(branches, networks);
  }

  private static Branch branch(String part) {
    Matcher weight = WEIGHT.matcher(part);
    return weight.find()
        ? new Branch(
            EditedText.parse(WhiteSpace.strip(part.substring(0, weight.start()))),
            Numeral.read(weight.group(1)))
        : new Branch(EditedText.parse(part), 1);
  }

  /** {@return the prompt as text, from which the same is read again} */
  @Override
  public String toString() {
    String tags = networks.stream().map(ExtraNetwork::toString).collect(Collectors.joining());
    return branches.size() == 1
        ? tags + branches.getFirst().text()
        : tags + branches.stream().map(Branch::toString).collect(Collectors.joining(" AND "));
  }
}
