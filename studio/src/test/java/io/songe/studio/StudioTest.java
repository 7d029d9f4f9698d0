package io.songe.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.drawing.Wish;
import io.songe.error.InvalidRequestException;
import io.songe.gallery.Picture;
import io.songe.gallery.Search;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.jobs.Job;
import io.songe.jobs.JobState;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudioTest {
  @TempDir private Path temp;

  private Path folder() {
    return temp.resolve("studio");
  }

  private StudioSettings settings() {
    return StudioSettings.usual(folder(), temp.resolve("models"));
  }

  private Studio open(int workers) {
    return Studio.open(settings().withWorkers(workers), Clock.systemUTC());
  }

  private static Wish small(String phrase) {
    return small(phrase, Edit.NONE);
  }

  private static Wish small(String phrase, Edit edit) {
    Wish usual = Wish.of("local", Order.Door.COMMAND, new Prompt(phrase, ""));
    return new Wish(
        usual.owner(),
        usual.door(),
        usual.model(),
        usual.prompt(),
        usual.style(),
        Optional.of(64),
        Optional.of(64),
        Optional.of(2),
        usual.guidance(),
        usual.guidanceRescale(),
        usual.sampler(),
        usual.schedule(),
        Optional.of(1L),
        1,
        usual.syntax(),
        usual.clipSkip(),
        usual.background(),
        edit,
        usual.travel(),
        usual.traced(),
        usual.kept());
  }

  private static Job await(Studio studio, String id) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Job job = studio.queue().find("local", id).orElseThrow();
    while (!job.state().isOver() && System.nanoTime() < until) {
      Thread.sleep(20);
      job = studio.queue().find("local", id).orElseThrow();
    }
    return job;
  }

  @Test
  void what_is_wished_for_is_drawn_and_found_in_the_gallery() throws Exception {
    try (Studio studio = open(1)) {
      Job job = await(studio, studio.submit(small("a ginger cat")).id());

      assertThat(job.state()).isEqualTo(JobState.FINISHED);
      assertThat(studio.picturesDrawn()).isEqualTo(1);
      assertThat(studio.gallery().search(Search.all("local", 0, 10)).pictures())
          .extracting(Picture::id)
          .isEqualTo(job.pictures());
    }
  }

  @Test
  void an_emptied_trash_takes_with_it_what_only_its_pictures_were_drawn_from() throws Exception {
    Image photograph = Image.filled(64, 64, Colour.opaque(200, 90, 30));
    String input = Source.of(photograph).sha256();
    Edit edit = Edit.NONE.withStart(new Start.Picture(Source.of(photograph), Fit.CROP, 0.5));
    try (Studio studio = open(1)) {
      String first = drawn(studio, small("a fox", edit));
      String second = drawn(studio, small("a wolf", edit));

      studio.gallery().trash("local", first);
      assertThat(studio.emptyTrash("local")).isEqualTo(1);
      assertThat(studio.inputs().find(input)).isPresent();

      studio.gallery().trash("local", second);
      studio.queue().pause();
      Job waiting = studio.submit(small("a bear", edit));
      assertThat(studio.emptyTrash("local")).isEqualTo(1);
      assertThat(studio.inputs().find(input)).isPresent();

      studio.queue().resume();
      studio.gallery().trash("local", await(studio, waiting.id()).pictures().getFirst());
      assertThat(studio.emptyTrash("local")).isEqualTo(1);
      assertThat(studio.inputs().find(input)).isEmpty();
      assertThat(studio.emptyTrash("local")).isZero();
    }
  }

  private static String drawn(Studio studio, Wish wish) throws InterruptedException {
    return await(studio, studio.submit(wish).id()).pictures().getFirst();
  }

  @Test
  void without_a_worker_nothing_is_drawn_until_there_is_one() throws Exception {
    String id;
    try (Studio idle = open(0)) {
      id = idle.submit(small("a ginger cat")).id();
      Thread.sleep(100);
      assertThat(idle.queue().find("local", id).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }

    try (Studio studio = open(1)) {
      assertThat(await(studio, id).state()).isEqualTo(JobState.FINISHED);
    }
  }

  @Test
  void a_folder_is_used_by_one_studio_at_a_time() {
    try (Studio first = open(0)) {
      first.announce(new RunningStudio(URI.create("http://127.0.0.1:7860/"), ""));

      assertThatThrownBy(() -> open(0))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "another Songe, at http://127.0.0.1:7860/, uses %s; use that one, stop it, or choose"
                      .formatted(folder())
                  + " another folder with --folder");
    }

    open(0).close();
  }

  @Test
  void a_running_studio_is_found_until_it_is_closed() {
    RunningStudio running = new RunningStudio(URI.create("http://127.0.0.1:1/"), "the-key");
    try (Studio studio = open(0)) {
      assertThat(RunningStudio.of(folder())).isEmpty();

      studio.announce(running);

      assertThat(RunningStudio.of(folder())).hasValue(running);
    }
    assertThat(RunningStudio.of(folder())).isEmpty();
    assertThat(RunningStudio.of(temp.resolve("nowhere"))).isEmpty();
  }

  @Test
  void what_a_killed_studio_left_is_not_believed() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("lock"), "");
    Files.writeString(
        folder().resolve("running.json"), "{\"address\":\"http://127.0.0.1:1/\",\"key\":\"x\"}");

    assertThat(RunningStudio.of(folder())).isEmpty();
    try (Studio studio = open(0)) {
      assertThat(studio.queue().list("local", 1)).isEmpty();
      assertThat(RunningStudio.of(folder())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"address\":\"\",\"key\":\"\"}",
        "{\"address\":\"http://127.0.0.1:1/\"}"
      })
  void an_announcement_that_is_not_whole_is_none(String text) throws IOException {
    try (Studio studio = open(0)) {
      studio.announce(new RunningStudio(URI.create("http://127.0.0.1:1/"), ""));
      Files.writeString(folder().resolve("running.json"), text);

      assertThat(RunningStudio.of(folder())).isEmpty();
    }
  }

  @Test
  void an_announcement_is_whole_as_soon_as_it_is_there() throws Exception {
    RunningStudio running = new RunningStudio(URI.create("http://127.0.0.1:1/"), "the-key");
    Path file = folder().resolve("running.json");
    try (Studio studio = open(0)) {
      studio.announce(running);
      Thread announcing =
          Thread.ofPlatform()
              .start(() -> IntStream.range(0, 200).forEach(_ -> studio.announce(running)));
      while (announcing.isAlive()) {
        assertThat(Files.readString(file)).endsWith("}");
      }
      announcing.join();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void rule_09_only_its_user_reads_a_studios_key_and_pictures() throws IOException {
    try (Studio studio = open(0)) {
      studio.announce(new RunningStudio(URI.create("http://127.0.0.1:1/"), "the-key"));

      assertThat(permissions(folder())).isEqualTo("rwx------");
      assertThat(permissions(folder().resolve("running.json"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void the_usual_model_is_opened_before_it_is_needed() throws Exception {
    try (Studio studio = open(0)) {
      studio.warmUp();
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!studio.isWarm(studio.usualModel()) && System.nanoTime() < until) {
        Thread.sleep(20);
      }

      assertThat(studio.isWarm("songe-mini")).isTrue();
    }
  }

  @Test
  void a_usual_model_that_cannot_be_opened_does_not_keep_the_studio_from_working()
      throws Exception {
    StudioSettings settings = settings().withModel("gone");
    try (Studio studio = Studio.open(settings, Clock.systemUTC())) {
      studio.warmUp();

      assertThatThrownBy(() -> studio.submit(small("x")))
          .isInstanceOf(InvalidRequestException.class);
      assertThat(studio.queue().list("local", 10)).isEqualTo(List.of());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, HOME, .local/share/songe/studio",
    "Linux, XDG_DATA_HOME, data/songe/studio",
    "Mac OS X, XDG_DATA_HOME, Library/Application Support/songe/studio",
    "Windows 11, HOME, AppData/Local/songe/studio",
    "Windows 11, LOCALAPPDATA, data/songe/studio",
    "Linux, SONGE_STUDIO, data"
  })
  void the_usual_place_depends_on_the_system(String system, String variable, String expected) {
    Map<String, String> environment = Map.of(variable, temp.resolve("data").toString());

    assertThat(StudioSettings.usualFolder(environment, temp, system))
        .isEqualTo(temp.resolve(expected));
  }
}
