package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.studio.RunningStudio;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudioCommandTest {
  private static final String TOKEN = "correct-horse-battery";

  @TempDir private Path temp;

  private Run.Setting setting() {
    return new Run.Setting()
        .with("SONGE_STUDIO", temp.resolve("studio"))
        .with("SONGE_MODELS", temp.resolve("models"));
  }

  private Run whileRunning(Run.Setting setting, ServerRun.Visit visit, String... arguments)
      throws Exception {
    return new ServerRun(setting, temp.resolve("studio")).visit(visit, arguments);
  }

  private static int status(URI address, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void the_studio_shows_its_page_where_it_says_until_it_is_stopped() throws Exception {
    URI[] seen = new URI[1];

    Run run =
        whileRunning(
            setting(),
            studio -> {
              seen[0] = studio.address();
              assertThat(status(studio.address())).isEqualTo(200);
            },
            "studio");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(seen[0] + "\n");
    assertThat(run.err())
        .isEqualTo(
            """
            Open this address in a browser; Ctrl-C stops the studio.
            Stopped; what was being drawn goes on at the next start.
            """);
    assertThat(RunningStudio.of(temp.resolve("studio"))).isEmpty();
  }

  @Test
  void serve_has_no_page() throws Exception {
    Run run =
        whileRunning(
            setting(),
            studio -> {
              assertThat(status(studio.address())).isEqualTo(404);
              assertThat(status(studio.address().resolve("/health"))).isEqualTo(200);
            },
            "serve");

    assertThat(run.code()).isZero();
    assertThat(run.err()).startsWith("Programs reach the server at this address");
  }

  @Test
  void a_token_is_asked_for_and_goes_with_the_address() throws Exception {
    Run run =
        whileRunning(
            setting(),
            studio -> {
              URI health = studio.address().resolve("/metrics");
              assertThat(status(health)).isEqualTo(401);
              assertThat(status(health, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
              assertThat(status(health, "Authorization", "Bearer " + studio.key())).isEqualTo(200);
              assertThat(status(studio.address().resolve("/?token=" + TOKEN))).isEqualTo(200);
            },
            "studio",
            "--token",
            TOKEN);

    assertThat(run.out()).endsWith("/?token=" + TOKEN + "\n");
    assertThat(run.err()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({"file", "variable"})
  void a_token_can_come_from_where_others_do_not_see_it(String source) throws Exception {
    Run.Setting setting = setting();
    String[] arguments = {"serve"};
    if (source.equals("file")) {
      Path file = Files.writeString(temp.resolve("token"), TOKEN + "\n");
      arguments = new String[] {"serve", "--token-file", file.toString()};
    } else {
      setting = setting.with("SONGE_TOKEN", TOKEN);
    }

    Run run =
        whileRunning(
            setting,
            studio -> {
              URI metrics = studio.address().resolve("/metrics");
              assertThat(status(metrics)).isEqualTo(401);
              assertThat(status(metrics, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
            },
            arguments);

    assertThat(run.out() + run.err()).doesNotContain(TOKEN);
  }

  @Test
  void a_token_without_a_value_is_made_and_shown() throws Exception {
    Run run = whileRunning(setting(), _ -> {}, "serve", "--token");

    assertThat(run.err()).containsPattern("Token: [A-Za-z0-9_-]{32}\n");
  }

  @Test
  void users_are_let_in_by_the_lines_that_the_command_prints() throws Exception {
    Run invited = setting().run("serve", "--new-user", "ada");
    String token = invited.err().replaceFirst("(?s).*: ", "").strip();
    Path users = Files.writeString(temp.resolve("users"), invited.out());

    whileRunning(
        setting(),
        studio -> {
          URI metrics = studio.address().resolve("/metrics");
          assertThat(status(metrics)).isEqualTo(401);
          assertThat(status(metrics, "Authorization", "Bearer " + token)).isEqualTo(200);
        },
        "serve",
        "--users",
        users.toString());

    assertThat(invited.out()).matches("ada:[0-9a-f]{64}\n");
    assertThat(token).hasSize(32);
  }

  @Test
  void a_second_studio_on_the_same_folder_is_refused() throws Exception {
    whileRunning(
        setting(),
        studio -> {
          Run second = setting().run("studio", "--port", "0");

          assertThat(second.code()).isEqualTo(2);
          assertThat(second.err())
              .startsWith("songe: another Songe, at " + studio.address() + ", uses ")
              .endsWith("use that one, stop it, or choose another folder with --folder\n");
        },
        "studio");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void the_browser_is_opened_if_wanted() throws Exception {
    Path opened = temp.resolve("opened");
    Path browser =
        Files.createFile(
            temp.resolve("browser"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(browser, "#!/bin/sh\nprintf %s \"$1\" > " + opened + "\n");

    Run run =
        whileRunning(
            setting().with("BROWSER", browser), _ -> awaitFile(opened), "studio", "--open");

    assertThat(Files.readString(opened)).isEqualTo(run.out().strip());
  }

  private static void awaitFile(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 500 && (!Files.exists(file) || Files.size(file) == 0); i++) {
      Thread.sleep(10);
    }
  }

  @Test
  void a_browser_that_is_not_there_is_no_failure() throws Exception {
    Run run =
        whileRunning(
            setting().with("BROWSER", temp.resolve("nowhere")), _ -> {}, "studio", "--open");

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("(No browser could be started; open the address above yourself.)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "studio --port 65536 | --port goes from 0 (any that is free) to 65535, got 65536",
        "studio --port -1 | --port goes from 0 (any that is free) to 65535, got -1",
        "serve --workers 0 | --workers goes from 1 to 16, got 0",
        "serve --threads 0 | --threads goes from 1 to 64, got 0",
        "studio --host 0.0.0.0 | others can reach 0.0.0.0, so a token is needed there",
        "studio --host no.such.host.invalid | \"no.such.host.invalid\" is no address of this machine",
        "studio --token short | a token needs at least 16 characters, got 5",
        "studio --token-file nowhere.txt | nowhere.txt is no text file that can be read",
        "studio --users nowhere.txt | nowhere.txt is no text file that can be read",
        "serve --token --users a | say in one way who may use the server",
        "studio --model songe-mimi | there is no model \"songe-mimi\"; did you mean songe-mini?",
        "serve --new-user Ada | a user is called with small letters, digits"
      })
  void what_cannot_be_served_is_refused_before_anything_is_opened(String command, String message) {
    Run run = setting().run(command.split(" ", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("songe: " + message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void its_help_says_the_defaults() {
    String help = setting().run("studio", "--help").out();

    assertThat(help).contains("127.0.0.1", "7860", "songe-mini", "SONGE_TOKEN", "SONGE_STUDIO");
    assertThat(setting().in(Locale.FRENCH).run("serve", "--help").out()).contains("7860");
  }
}
