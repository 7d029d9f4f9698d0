package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.drawing.Wish;
import io.songe.jobs.Order;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import io.songe.text.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCommandTest {
  @TempDir private Path temp;

  private String first = "";
  private String second = "";

  private Path folder() {
    return temp.resolve("studio");
  }

  private Run.Setting setting() {
    return new Run.Setting()
        .with("SONGE_STUDIO", folder())
        .with("SONGE_MODELS", temp.resolve("models"));
  }

  private Run songe(String... arguments) {
    return setting().run(arguments);
  }

  @BeforeEach
  void fill() {
    StudioSettings settings = StudioSettings.usual(folder(), temp.resolve("models"));
    try (Studio studio = Studio.open(settings.withWorkers(0), Clock.systemUTC())) {
      first = submit(studio, "a ginger cat");
      second = submit(studio, "un renard\u001b[2J bleu");
    }
  }

  private static String submit(Studio studio, String phrase) {
    return studio.submit(Wish.of("local", Order.Door.COMMAND, new Prompt(phrase, ""))).id();
  }

  @Test
  void jobs_are_listed_in_their_order_where_no_studio_runs() {
    Run run = songe("queue");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            first
                + "  waiting  256x256  a ginger cat\n"
                + second
                + "  waiting  256x256  un renard\uFFFD[2J bleu\n");
    assertThat(songe("queue", "list")).isEqualTo(run);
  }

  @Test
  void jobs_are_listed_for_programs() {
    Run run = songe("queue", "--json");

    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().getFirst())
        .startsWith("{\"id\":\"" + first + "\"")
        .contains("\"state\":\"queued\"");
    assertThat(run.out()).doesNotContain("\u001b");
  }

  @Test
  void jobs_are_changed_one_by_one() {
    assertThat(songe("queue", "hold", first).out()).startsWith(first + "  held  ");
    assertThat(songe("queue", "release", first).out()).startsWith(first + "  waiting  ");
    assertThat(songe("queue", "cancel", first, second).lines())
        .allMatch(line -> line.contains("  cancelled  "))
        .hasSize(2);
    assertThat(songe("queue", "retry", second).out()).startsWith(second + "  waiting  ");
    assertThat(
            new Run.Setting().in(Locale.FRENCH).with("SONGE_STUDIO", folder()).run("queue").out())
        .contains(first + "  annulé  ", second + "  en attente  ");
  }

  @Test
  void a_pause_outlasts_the_command() {
    Run paused = songe("queue", "pause");

    assertThat(paused.code()).isZero();
    assertThat(songe("queue").err())
        .isEqualTo("The queue is paused; songe queue resume lets it go on.\n");
    assertThat(songe("queue", "resume").err()).isEqualTo("The queue goes on.\n");
    assertThat(songe("queue").err()).isEmpty();
  }

  @Test
  void a_studio_that_runs_is_asked_itself() throws Exception {
    songe("queue", "pause");

    new ServerRun(setting(), folder())
        .visit(
            _ -> {
              assertThat(songe("queue", "cancel", first).out()).contains("  cancelled  ");
              assertThat(songe("queue", "cancel", second).out()).contains("  cancelled  ");
              assertThat(songe("queue", "resume").err()).isEqualTo("The queue goes on.\n");
              assertThat(songe("queue").out()).contains(first + "  cancelled  ");
            },
            "serve",
            "--token");
  }

  @Test
  void an_unknown_job_is_refused() {
    Run unknown = songe("queue", "cancel", "abcdefghijklmnopqrstuvwxyz");
    Run noId = songe("queue", "cancel", "../x");

    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no such job");
    assertThat(noId.code()).isEqualTo(2);
    assertThat(noId.err()).isEqualTo("songe: \"../x\" is no job; songe queue lists them\n");
  }

  @Test
  void where_there_is_no_studio_none_is_made() {
    Path nowhere = temp.resolve("nowhere");

    Run run = songe("queue", "--folder", nowhere.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: there is no studio in %s yet; songe studio makes one, and --folder or"
                    .formatted(nowhere)
                + " SONGE_STUDIO names another\n");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void a_studio_that_does_not_answer_is_said() throws Exception {
    StudioSettings settings = StudioSettings.usual(folder(), temp.resolve("models"));
    try (Studio _ = Studio.open(settings.withWorkers(0), Clock.systemUTC())) {
      Files.writeString(
          folder().resolve("running.json"), "{\"address\":\"http://127.0.0.1:1/\",\"key\":\"\"}");

      Run run = songe("queue");

      assertThat(run.code()).isEqualTo(7);
      assertThat(run.err())
          .startsWith("songe: the studio at http://127.0.0.1:1/ does not answer as it should");
    }
  }
}
