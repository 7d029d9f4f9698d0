package io.songe.server.openai;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.server.Door;
import io.songe.server.Failure;
import io.songe.server.Fields;
import io.songe.studio.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * The interface of OpenAI for pictures. Its requests wait for their pictures; a client that hangs
 * up gives its job up.
 */
public final class OpenAiDoor implements Door {
  /** Below this path lie pictures that were answered as links. */
  static final String FILES = "/v1/images/files/";

  private final Desk desk;
  private final Links links;
  private final Waiting waiting;
  private final Streaming streaming;

  /**
   * The door of a studio.
   *
   * @param studio that draws
   * @param clock tells until when links are valid
   */
  public OpenAiDoor(Studio studio, Clock clock) {
    this(new StudioDesk(studio), clock);
  }

  OpenAiDoor(Desk desk, Clock clock) {
    this.desk = desk;
    this.links = new Links(clock);
    Tokens tokens = new Tokens();
    this.waiting = new Waiting(desk, links, tokens, clock);
    this.streaming = new Streaming(desk, tokens, clock);
  }

  @Override
  public Set<String> prefixes() {
    return Set.of("/v1/");
  }

  @Override
  public boolean isOpen(String path) {
    return path.startsWith(FILES);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/v1/images/generations", this::generate);
    routes.post("/v1/images/edits", this::edit);
    routes.post("/v1/images/variations", this::vary);
    routes.get(FILES + "{file}", this::file);
    routes.get("/v1/models", this::models);
    routes.get("/v1/models/{id}", this::model);
  }

  private void generate(Context context) throws IOException {
    Fields fields = Body.json(context);
    fields.allowOnly(Settings.FIELDS);
    answer(context, Drawing.fromWords(Settings.read(fields, desk, Settings.prompt(fields))));
  }

  private void edit(Context context) throws IOException {
    answer(context, Editing.read(context, desk));
  }

  private void vary(Context context) throws IOException {
    answer(context, Editing.readVariation(context, desk));
  }

  private void answer(Context context, Drawing drawing) {
    if (drawing.settings().delivery().streamed()) {
      streaming.answer(context, drawing);
    } else {
      waiting.answer(context, drawing);
    }
  }

  private void file(Context context) throws IOException {
    Links.Target target =
        links
            .target(context.pathParam("file"))
            .orElseThrow(
                () -> Refusal.of(404, "there is no such picture; links are valid for an hour"));
    Desk.Kept picture =
        desk.picture(target.owner(), target.picture())
            .orElseThrow(() -> Refusal.of(404, "the picture was removed"));
    context
        .contentType(target.type().mediaType())
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "private, max-age=3600, immutable")
        .disableCompression()
        .result(Handout.of(picture, target.type(), target.compression()));
  }

  private void models(Context context) {
    reply(
        context, new Answers.Models("list", desk.models().stream().map(this::described).toList()));
  }

  private void model(Context context) {
    String id = context.pathParam("id");
    String drawing = NamedModel.find(desk, Optional.of(id)).name();
    Answers.Model found = described(drawing);
    reply(context, new Answers.Model(id, found.object(), found.created(), found.ownedBy()));
  }

  private Answers.Model described(String name) {
    long created =
        desk.model(name)
            .map(path -> {
              try {
                return Files.getLastModifiedTime(path).toInstant().getEpochSecond();
              } catch (IOException unknown) {
                return 0L;
              }
            })
            .orElse(0L);
    return new Answers.Model(name, "model", created, "songe");
  }

  private static void reply(Context context, Object answer) {
    context.contentType("application/json").result(Answers.json(answer));
  }

  @Override
  public void fail(Context context, Failure failure) {
    if (failure.status() == 500) {
      context.header("x-should-retry", "false"); // it would fail again
    }
    context.contentType("application/json").result(error(failure));
  }

  /** {@return a failure in this interface's form} */
  static byte[] error(Failure failure) {
    String type =
        switch (failure.status()) {
          case 429 -> "rate_limit_error";
          case 500, 503, 507 -> "server_error";
          default -> "invalid_request_error";
        };
    return Answers.json(
        new Answers.Refused(
            new Answers.Reason(failure.message(), type, failure.parameter(), code(failure))));
  }

  private static Optional<String> code(Failure failure) {
    return switch (failure.status()) {
      case 401 -> Optional.of("invalid_api_key");
      case 404 -> failure.parameter().filter("model"::equals).map(_ -> "model_not_found");
      case 413 -> Optional.of("request_too_large");
      case 429 -> Optional.of("rate_limit_exceeded");
      default -> Optional.empty();
    };
  }
}
