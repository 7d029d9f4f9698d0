package io.songe.foreign;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line that early versions of InvokeAI wrote: {@code "a cat [a dog]" -s 50 -S 42 -W 512
 * -H 512 -C 7.5 -A k_lms}. What stands in square brackets is the negative prompt.
 */
final class DreamCommand {
  /** {@code --seed 42}, {@code -S 42}, or {@code -S42}; a value may be a negative number. */
  private static final Pattern OPTION =
      Pattern.compile(
          "\\G\\s*(?:(?<word>--[A-Za-z][\\w-]{0,40})[ =]?|(?<letter>-[A-Za-z]) ?)"
              + "(?<value>[^\\s-]\\S{0,400}|-\\d\\S{0,40})?");

  private static final Pattern NEGATIVE = Pattern.compile("\\[([^\\[\\]]*)]");

  private DreamCommand() {}

  /** {@return what the command says; empty if it is none} */
  static Optional<ForeignRecipe> read(String command) {
    String text = command.strip();
    int end = endOfQuoted(text);
    if (end < 0) {
      return Optional.empty();
    }
    var draft = new RecipeDraft(Program.INVOKEAI);
    splitPrompt(text.substring(1, end).replace("\\\"", "\""), draft);
    readOptions(text.substring(end + 1), draft);
    return Optional.of(draft.finish());
  }

  private static int endOfQuoted(String text) {
    if (!text.startsWith("\"")) {
      return -1;
    }
    int end = text.indexOf('"', 1);
    while (end > 0 && text.charAt(end - 1) == '\\') {
      end = text.indexOf('"', end + 1);
    }
    return end;
  }

  private static void readOptions(String options, RecipeDraft draft) {
    String[] sides = {"", ""};
    Matcher option = OPTION.matcher(options);
    int end = 0;
    while (option.find()) {
      String value = Optional.ofNullable(option.group("value")).orElse("");
      String name = Optional.ofNullable(option.group("word")).orElse(option.group("letter"));
      readOption(name, value, sides, draft);
      end = option.end();
    }
    if (!sides[0].isEmpty() && !sides[1].isEmpty()) {
      draft.size("-W, -H", sides[0], sides[1]);
    }
    if (!options.substring(end).isBlank()) {
      draft.unused("Dream", options.substring(end).strip());
    }
  }

  private static void readOption(String name, String value, String[] sides, RecipeDraft draft) {
    switch (name) {
      case "-s", "--steps" -> draft.steps(name, value);
      case "-S", "--seed" -> draft.seed(name, value);
      case "-C", "--cfg_scale" -> draft.guidance(name, value);
      case "-A", "--sampler" -> draft.sampler(value);
      case "-W", "--width" -> sides[0] = value;
      case "-H", "--height" -> sides[1] = value;
      case "-f", "--strength" -> draft.strength(name, value);
      default -> draft.unused(name, value);
    }
  }

  /** Takes the negative prompt out of a prompt. */
  static void splitPrompt(String text, RecipeDraft draft) {
    var negative = new StringBuilder();
    Matcher brackets = NEGATIVE.matcher(text);
    while (brackets.find()) {
      negative.append(negative.isEmpty() ? "" : ", ").append(brackets.group(1).strip());
    }
    draft.prompt(brackets.replaceAll("").strip());
    draft.negativePrompt(negative.toString());
  }
}
