package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.QueueLimits;
import io.songe.server.Access;
import io.songe.server.api.ApiStudio.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Rule 11: what belongs to one user is not there for another, whatever is done with it. */
class StrangersTest {
  private static final String ANN = "a token of ann's".replace(' ', '-');
  private static final String BOB = "a token of bob's".replace(' ', '-');
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;
  private static ApiStudio studio;
  private static String job;
  private static String picture;

  @BeforeAll
  static void open() {
    Access access =
        Access.users(List.of(Access.line("ann", ANN), Access.line("bob", BOB)), "users");
    studio = new ApiStudio(folder, QueueLimits.USUAL, access);
    studio.sendAs(ANN, "POST", "/api/queue/pause", "application/json", EMPTY);
    byte[] phrase = "{\"phrase\": \"a secret\"}".getBytes(StandardCharsets.UTF_8);
    job =
        studio
            .sendAs(ANN, "POST", "/api/jobs", "application/json", phrase)
            .json()
            .get("id")
            .stringValue();
    byte[] png = new Png(Image.filled(8, 8, Colour.WHITE)).encode();
    picture =
        studio
            .sendAs(ANN, "POST", "/api/pictures", "image/png", png)
            .json()
            .at("/added/0/id")
            .stringValue();
  }

  /** Nothing that was tried changed anything. */
  @AfterAll
  static void close() {
    Answer untouched = studio.sendAs(ANN, "GET", "/api/jobs/" + job, "", new byte[0]);
    Answer there = studio.sendAs(ANN, "GET", "/api/pictures/" + picture, "", new byte[0]);
    studio.close();
    assertThat(untouched.json().get("state").stringValue()).isEqualTo("queued");
    assertThat(there.json().get("trashed").booleanValue()).isFalse();
    assertThat(there.json().get("favourite").booleanValue()).isFalse();
    assertThat(there.json().get("collections")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> what_belongs_to_one_is_not_there_for_another() {
    return OpenApi.DOCUMENT.operations().stream()
        .filter(operation -> operation.contains("/{id}") && !operation.contains("/inputs/"))
        .map(operation ->
            dynamicTest(
                operation,
                () -> {
                  int space = operation.indexOf(' ');
                  String path =
                      operation
                          .substring(space + 1)
                          .replace("{id}", operation.contains("/jobs/") ? job : picture)
                          .replace("{i}", "0")
                          .replace("{name}", "mine");
                  boolean read = operation.startsWith("GET");
                  Answer answer =
                      studio.sendAs(
                          BOB,
                          operation.substring(0, space),
                          path,
                          read ? "" : "application/json",
                          read ? new byte[0] : EMPTY);

                  assertThat(answer.status()).as(answer.text()).isEqualTo(404);
                  assertThat(answer.text()).doesNotContain("secret");
                }));
  }

  @Test
  void lists_have_only_what_is_ones_own() {
    Answer jobs = studio.sendAs(BOB, "GET", "/api/jobs", "", new byte[0]);
    Answer pictures = studio.sendAs(BOB, "GET", "/api/pictures", "", new byte[0]);

    assertThat(jobs.json().get("jobs")).isEmpty();
    assertThat(pictures.json().get("total").intValue()).isZero();
  }

  @Test
  void another_users_picture_starts_no_drawing() {
    String body = "{\"phrase\": \"x\", \"start\": {\"picture\": \"" + picture + "\"}}";

    Answer answer =
        studio.sendAs(
            BOB, "POST", "/api/jobs", "application/json", body.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/parameter").stringValue()).isEqualTo("start.picture");
  }

  @Test
  void nobody_without_a_token_sees_anything() {
    for (String path : List.of("/api/jobs", "/api/pictures", "/api/status", "/api/openapi.yaml")) {
      assertThat(studio.get(path).status()).as(path).isEqualTo(401);
    }
  }
}
