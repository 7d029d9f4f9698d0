package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.messages.Messages;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Locale locale, String... arguments) {
    return Main.run(Messages.in(locale), utf8(out), utf8(err), arguments);
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Command(name = "fail")
  private record Failing(RuntimeException failure) implements Callable<Integer> {
    @Override
    public Integer call() {
      throw failure;
    }
  }

  private record Failed(int code, String printed) {}

  private static Failed failWith(RuntimeException failure) {
    StringWriter printed = new StringWriter();
    int code =
        Main.commandLine(Messages.in(Locale.ENGLISH))
            .addSubcommand(new Failing(failure))
            .setErr(new PrintWriter(printed))
            .execute("fail");
    return new Failed(code, printed.toString());
  }

  @Test
  void tells_its_version() {
    int code = run(Locale.ENGLISH, "--version");

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("songe ").hasLineCount(1);
  }

  @Test
  void without_a_command_it_shows_its_help() {
    int code = run(Locale.ENGLISH);

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: songe")
        .contains("Draws pictures from a phrase, in English or in French.")
        .contains("Show the version and exit.");
  }

  @Test
  void its_help_speaks_french() {
    run(Locale.FRENCH, "--help");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage : songe")
        .contains("Dessine des images à partir d'une phrase, en français ou en anglais.")
        .contains("Afficher la version.");
  }

  @Test
  void refuses_letters_that_were_lost_on_the_way() {
    int code = run(Locale.ENGLISH, "imagine", "un \uFFFD\uFFFDcureuil");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("songe: the arguments hold letters that the locale in use cannot carry; run");
  }

  @Test
  void a_users_mistake_is_a_sentence_and_code_2() {
    Failed failed = failWith(new InvalidRequestException("width must be a multiple of 8, got 500"));

    assertThat(failed).isEqualTo(new Failed(2, "songe: width must be a multiple of 8, got 500\n"));
  }

  @Test
  void a_broken_file_is_a_sentence_and_code_1() {
    Failed failed = failWith(new BrokenFileException("model.safetensors is cut short"));

    assertThat(failed).isEqualTo(new Failed(1, "songe: model.safetensors is cut short\n"));
  }

  @Test
  void a_defect_shows_where_it_happened_and_asks_for_a_report() {
    Failed failed = failWith(new IllegalStateException("it's {impossible}"));

    assertThat(failed.code).isEqualTo(1);
    assertThat(failed.printed)
        .startsWith("java.lang.IllegalStateException: it's {impossible}\n\tat io.songe.cli.")
        .endsWith("This is a defect of Songe. Please report it with the lines above.\n");
  }
}
