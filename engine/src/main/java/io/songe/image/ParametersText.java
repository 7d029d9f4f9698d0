package io.songe.image;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The text under the keyword {@code parameters}, in which the AUTOMATIC1111 web UI and many
 * programs after it write how a picture was made:
 *
 * <pre>
 * the prompt, of any number of lines
 * Negative prompt: likewise; absent if empty
 * Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x512, Lora hashes: "a: 12, b: 34"
 * </pre>
 *
 * <p>Only the form is known here; what the keys mean is not. Values are texts. A value with a
 * comma, a colon or a line break is written as a JSON string.
 *
 * @param prompt what to draw
 * @param negativePrompt what not to draw; may be empty
 * @param parameters the last line, in its order; a key may come again, then the later counts
 */
public record ParametersText(String prompt, String negativePrompt, List<Parameter> parameters) {
  /** The keyword under which PNG files hold this text. */
  public static final String KEYWORD = "parameters";

  static final String NEGATIVE = "Negative prompt:";

  /** A last line with fewer entries is taken for a line of the prompt. */
  static final int LEAST_PARAMETERS = 3;

  /** Copies the list. */
  public ParametersText {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads any text; what does not have the form is prompt. Line ends and the spaces around lines
   * are not kept. Beyond what the web UI reads, a value that is a JSON object or array is read
   * whole (some sites write them without quotes), and so is a key without a value.
   *
   * @param text of any origin
   * @return its parts; never fails
   */
  public static ParametersText parse(String text) {
    return ParametersParser.parse(text);
  }

  /**
   * The value of a key.
   *
   * @param key exactly as written
   * @return the last value under that key, if there is one
   */
  public Optional<String> value(String key) {
    return parameters.reversed().stream()
        .filter(parameter -> parameter.key().equals(key))
        .map(Parameter::value)
        .findFirst();
  }

  /**
   * The parameters as the web UI's own interfaces give them: a value such as {@code 512x768} under
   * {@code Size} becomes {@code Size-1} and {@code Size-2}.
   *
   * @return values by key, in order; a new map
   */
  public SequencedMap<String, String> withSizesSplit() {
    return ParametersParser.splitSizes(parameters);
  }

  /**
   * Writes the text. {@link #parse} gives the same parts back if there are no parameters or at
   * least three, the prompts have no spaces around their lines and no empty line first or last, and
   * none of their lines begins with {@code Negative prompt:}.
   *
   * @return the text, without spaces around it
   */
  public String write() {
    var text = new StringBuilder(prompt);
    if (!negativePrompt.isEmpty()) {
      text.append('\n').append(NEGATIVE).append(' ').append(negativePrompt);
    }
    if (!parameters.isEmpty()) {
      text.append('\n').append(String.join(", ", writeParameters()));
    } else if (!ParametersParser.readLine(lastLine(text)).isEmpty()) {
      // A prompt that ends like parameters needs another line after it.
      text.append('\n').append(NEGATIVE);
    }
    return text.toString().strip();
  }

  private static String lastLine(StringBuilder text) {
    return text.substring(text.lastIndexOf("\n") + 1);
  }

  private List<String> writeParameters() {
    long ordinary = parameters.stream().filter(each -> !each.key().equals(each.value())).count();
    // By custom a value that repeats its key is left out; readers count what has a colon.
    boolean shorten = ordinary >= LEAST_PARAMETERS;
    return parameters.stream()
        .map(each -> shorten && each.key().equals(each.value()) ? each.key() : each.write())
        .toList();
  }
}
