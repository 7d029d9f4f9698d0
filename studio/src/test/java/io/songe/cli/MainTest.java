package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.messages.Messages;
import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private record Failed(ExitCode code, String printed) {}

  private static Failed failWith(Throwable failure) {
    StringWriter printed = new StringWriter();
    ExitCode code =
        new FailureReport(Messages.in(Locale.ENGLISH)).failed(failure, new PrintWriter(printed));
    return new Failed(code, printed.toString());
  }

  @Test
  void tells_its_version() {
    Run run = Run.songe("--version");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("songe ").hasLineCount(1);
  }

  @Test
  void without_a_command_it_shows_its_help() {
    Run run = Run.songe();

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("Usage: songe")
        .contains("Draws pictures from a phrase, in English or in French.")
        .contains("  imagine  ", "  again  ", "  info  ", "  models  ", "  doctor  ");
  }

  @Test
  void its_help_speaks_french() {
    Run run = new Run.Setting().in(Locale.FRENCH).run("--help");

    assertThat(run.out())
        .startsWith("Usage : songe")
        .contains("Dessine des images à partir d'une phrase, en français ou en anglais.")
        .contains("Afficher la version.");
  }

  @Test
  void its_help_lists_every_exit_code() {
    String help = Run.songe("--help").out();

    assertThat(help.lines().dropWhile(line -> !line.equals("Exit codes:")).skip(1))
        .containsExactly(
            "  0     all went well",
            "  1     Songe could not be started or built",
            "  2     what was asked cannot be done; nothing was done",
            "  3     a file or a model cannot be used",
            "  4     a picture cannot be written",
            "  5     a defect of Songe, shown with its stack trace",
            "  6     again: the picture differs; doctor: something is wrong",
            "  7     a server cannot be reached; trying again later may help",
            "  130   cancelled by Ctrl-C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imagine",
        "edit",
        "vary",
        "extend",
        "upscale",
        "again",
        "info",
        "explain",
        "explain noise",
        "explain steps",
        "explain autoencoder",
        "explain words",
        "explain guidance",
        "explain between",
        "models",
        "models list",
        "models show",
        "models where",
        "doctor",
        "studio",
        "serve",
        "queue",
        "queue list",
        "queue pause",
        "queue resume",
        "queue cancel",
        "queue retry",
        "queue hold",
        "queue release",
        "gallery",
        "gallery search",
        "gallery import",
        "gallery rebuild",
        "gallery where",
        "evaluate",
        "completion"
      })
  void every_option_is_explained_in_both_languages(String command) {
    String[] arguments = (command + " --help").split(" ", -1);

    for (Locale language : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
      Run run = new Run.Setting().in(language).run(arguments);

      assertThat(run.code()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.lines())
          .as("%s in %s", command, language)
          .hasSizeGreaterThan(5)
          // An option without a description stands alone on its line, unless it fills it.
          .noneMatch(line -> line.matches(" {2,6}(-[a-zA-Z], )?--?[a-z-]{1,20}"))
          .noneMatch(line -> line.contains("${"));
    }
  }

  @Test
  void refuses_letters_that_were_lost_on_the_way() {
    Run run = Run.songe("imagine", "un \uFFFD\uFFFDcureuil");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("songe: the arguments hold letters that the locale in use cannot carry; run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "imagin x | songe: \"imagin\" is not understood here; did you mean imagine?",
        "imagine x --stile 3d | songe: unknown option --stile; did you mean --style?",
        "imagine x --steps | songe: --steps needs a value",
        "imagine x --steps two | songe: --steps takes a whole number, got \"two\"",
        "imagine x --seed 99999999999999999999"
            + " | songe: --seed takes a whole number, got \"99999999999999999999\"",
        "imagine x --steps 2 --steps 3 | songe: --steps is given twice",
        "info | songe: PICTURE needs a value",
        "info a.png b.png | songe: \"b.png\" is not understood here"
      })
  void what_is_not_understood_is_one_sentence_and_where_to_look(String command, String sentence) {
    Run run = Run.songe(command.split(" ", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(2)
        .startsWith(sentence)
        .last()
        .asString()
        .startsWith("Try: songe ")
        .endsWith(" --help");
  }

  @Test
  void what_is_not_understood_is_said_in_french_too() {
    Run run = new Run.Setting().in(Locale.FRANCE).run("imagine", "chat", "--pas", "2");

    assertThat(run.err()).startsWith("songe : option inconnue : --pas");
  }

  @Test
  void a_users_mistake_is_a_sentence() {
    Failed failed = failWith(new InvalidRequestException("width must be a multiple of 8, got 500"));

    assertThat(failed)
        .isEqualTo(new Failed(ExitCode.MISTAKE, "songe: width must be a multiple of 8, got 500\n"));
  }

  @Test
  void a_broken_file_is_a_sentence() {
    Failed failed = failWith(new BrokenFileException("model.safetensors is cut short"));

    assertThat(failed)
        .isEqualTo(new Failed(ExitCode.BROKEN_FILE, "songe: model.safetensors is cut short\n"));
  }

  @Test
  void output_that_cannot_be_written_is_a_sentence() {
    Failed failed = failWith(new UnwritableException("no room", new IOException()));

    assertThat(failed).isEqualTo(new Failed(ExitCode.UNWRITABLE, "songe: no room\n"));
  }

  @Test
  void a_defect_shows_where_it_happened_and_asks_for_a_report() {
    Failed failed = failWith(new EngineException("it's {impossible}"));

    assertThat(failed.code).isEqualTo(ExitCode.DEFECT);
    assertThat(failed.printed)
        .startsWith("io.songe.error.EngineException: it's {impossible}\n\tat io.songe.cli.")
        .endsWith("This is a defect of Songe. Please report it with the lines above.\n");
  }

  @Test
  void even_an_error_of_the_virtual_machine_is_reported() {
    assertThat(failWith(new OutOfMemoryError("Java heap space")).code).isEqualTo(ExitCode.DEFECT);
  }

  @Test
  void an_interruption_is_a_cancellation_wherever_it_struck() {
    Failed sampling = failWith(new CancellationException("before step 3 of 20"));
    Failed writing =
        failWith(new UnwritableException("cannot be written", new ClosedByInterruptException()));

    assertThat(sampling)
        .isEqualTo(new Failed(ExitCode.CANCELLED, "songe: cancelled; nothing half-done was left\n"))
        .isEqualTo(writing);
  }

  @Test
  void a_message_cannot_steer_the_terminal() {
    Failed failed = failWith(new BrokenFileException("a\u001b[2Jb\nc\u202Ed"));

    assertThat(failed.printed).isEqualTo("songe: a\uFFFD[2Jb c\uFFFDd\n");
  }

  @Test
  void no_two_exit_codes_are_the_same() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number)).doesNotHaveDuplicates();
  }

  @Test
  void completes_its_commands_in_a_shell() {
    Run run = Run.songe("completion");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("imagine", "--guidance");
  }
}
