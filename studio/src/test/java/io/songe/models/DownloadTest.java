package io.songe.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private static final int SIZE = 1_000_003;
  private static final String PATH = "unet/model.safetensors";

  @TempDir private Path folder;
  private FakeHub server;
  private Hub hub;
  private byte[] content;

  @BeforeEach
  void publish() throws IOException {
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
    server = new FakeHub().with(PATH, content).with("small.json", "{}").with("empty.txt", "");
    hub = new Hub(server.address(), Optional.of("secret"));
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  private Path target() {
    return folder.resolve("model.safetensors");
  }

  private Path part() {
    return folder.resolve("model.safetensors.part");
  }

  private Download download(String path, Path target, List<Long> heard) {
    HubModel model = hub.describe(HubId.parse("some/model"), "main");
    HubFile file =
        model.files().stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
    return new Download(hub, model, file, target, Duration.ofMillis(1), heard::add);
  }

  private Download download() {
    return download(PATH, target(), new ArrayList<>());
  }

  @Test
  void a_file_comes_whole_and_is_told_of() throws IOException {
    List<Long> heard = new ArrayList<>();

    download(PATH, target(), heard).run();

    assertThat(target()).hasBinaryContent(content);
    assertThat(part()).doesNotExist();
    assertThat(heard).isSorted().endsWith((long) SIZE);
  }

  @Test
  void a_connection_that_breaks_off_at_every_tenth_is_taken_up_there() throws IOException {
    server.breakingOffAfter(
        100_000, 100_000, 100_000, 100_000, 100_000, 100_000, 100_000, 100_000, 100_000, 100_000);

    download().run();

    assertThat(target()).hasBinaryContent(content);
    // what was on its way when the connection broke is lost, and no more
    assertThat(server.served).isBetween((long) SIZE, SIZE + 10L * 100_000);
    assertThat(server.requests.stream().filter(line -> line.startsWith("/kept/")).count())
        .isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void an_attempt_that_ended_at_any_tenth_is_gone_on_with(int tenth) throws IOException {
    Files.write(part(), Arrays.copyOf(content, SIZE / 10 * tenth));

    download().run();

    assertThat(target()).hasBinaryContent(content);
    assertThat(server.served).isEqualTo(SIZE - SIZE / 10 * tenth);
  }

  @Test
  void a_hub_that_breaks_off_again_and_again_is_given_up_and_what_came_is_kept()
      throws IOException {
    server.breakingOffAfter(300_000, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(HubUnavailableException.class)
        .hasMessageContaining("broke off 5 times in " + PATH)
        .hasMessageContaining("run the command again");
    assertThat(target()).doesNotExist();
    assertThat(Files.size(part())).isPositive();
  }

  @Test
  void other_bytes_than_promised_never_get_the_name() {
    byte[] other = content.clone();
    other[SIZE / 2] ^= 1;
    server.lyingAbout(PATH, other);

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("gave other bytes than it promised")
        .hasMessageContaining(FakeHub.hash("SHA-256", content));
    assertThat(target()).doesNotExist();
    assertThat(part()).doesNotExist();
  }

  @Test
  void more_bytes_than_promised_are_refused() {
    server.lyingAbout(PATH, Arrays.copyOf(content, SIZE + 1));

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("more bytes than it promised");
    assertThat(target()).doesNotExist();
  }

  @Test
  void a_part_of_something_else_is_found_out_and_thrown_away() throws IOException {
    Files.write(part(), new byte[SIZE / 2]);

    assertThatThrownBy(() -> download().run()).isInstanceOf(BrokenFileException.class);
    assertThat(part()).doesNotExist();

    download().run();

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void a_hub_without_parts_begins_anew() throws IOException {
    server.givesParts = false;
    server.breakingOffAfter(500_000);

    download().run();

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void small_files_are_proven_as_git_does() throws IOException {
    download("small.json", folder.resolve("small.json"), new ArrayList<>()).run();
    download("empty.txt", folder.resolve("empty.txt"), new ArrayList<>()).run();

    assertThat(folder.resolve("small.json")).hasContent("{}");
    assertThat(folder.resolve("empty.txt")).isEmptyFile();

    server.lyingAbout("small.json", "[]".getBytes(StandardCharsets.UTF_8));
    Download lied = download("small.json", folder.resolve("again.json"), new ArrayList<>());

    assertThatThrownBy(lied::run).hasMessageContaining("other bytes");
  }

  @Test
  void the_token_goes_to_the_hub_and_not_where_it_redirects() throws IOException {
    download().run();

    assertThat(server.requests)
        .anySatisfy(line -> assertThat(line).startsWith("/some/model/").endsWith("Bearer secret"))
        .filteredOn(line -> line.startsWith("/kept/"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).endsWith(" -"));
  }

  @Test
  void trouble_of_the_hub_itself_is_tried_again() throws IOException {
    Download download = download();
    server.refusing(503, 500);

    download.run();

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void a_hub_that_wants_to_be_left_alone_is() {
    Download download = download();
    server.refusing(429);

    assertThatThrownBy(download::run)
        .isInstanceOf(HubUnavailableException.class)
        .hasMessageContaining("(429)")
        .hasMessageContaining("in 30 seconds");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void what_is_not_given_is_the_users_to_settle(int status) {
    Download download = download();
    server.refusing(status);

    assertThatThrownBy(download::run)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("(" + status + ")")
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("secret");
  }

  @Test
  void an_interruption_keeps_what_came() throws IOException {
    Download download = download();
    Files.write(part(), Arrays.copyOf(content, 12_345));

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(download::run).isInstanceOf(CancellationException.class);
    } finally {
      Thread.interrupted();
    }

    assertThat(target()).doesNotExist();
    assertThat(Files.size(part())).isGreaterThanOrEqualTo(12_345);
  }
}
