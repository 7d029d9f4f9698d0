package io.songe.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.models.ModelShelf;
import io.songe.server.Door;
import io.songe.server.Failure;
import io.songe.studio.Studio;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Songe's own interface, below {@code /api/}. */
public final class ApiDoor implements Door {
  private static final String PREFIX = "/api/";

  private final EventRoutes events;
  private final List<Routes> routes;

  /** Routes of one kind of thing. */
  interface Routes {
    /** Adds them. */
    void addTo(RoutesConfig routes);
  }

  /**
   * A door to a studio.
   *
   * @param studio whose jobs, pictures and models are shown
   */
  public ApiDoor(Studio studio) {
    var shelf = new ModelShelf(studio.models());
    var models = new ModelList(shelf, studio.usualModel());
    var wishes =
        new WishReader(
            models,
            new StartReader(studio.gallery(), studio.inputs()),
            RandomGenerator.of("SecureRandom"));
    events = new EventRoutes(studio.queue(), models);
    routes =
        List.of(
            new StatusRoutes(studio, shelf, models),
            new JobRoutes(studio, wishes, models),
            new JobPictureRoutes(studio.queue(), studio.gallery()),
            new QueueRoutes(studio.queue(), events),
            events,
            new ModelRoutes(models, studio.models()),
            new InputRoutes(studio.inputs()),
            new PictureRoutes(studio.gallery(), models),
            new ArrivalRoutes(studio.gallery(), models, Clock.systemUTC()),
            new CollectionRoutes(studio.gallery(), studio::emptyTrash, models));
  }

  @Override
  public Set<String> prefixes() {
    return Set.of(PREFIX);
  }

  @Override
  public void addTo(RoutesConfig all) {
    routes.forEach(each -> each.addTo(all));
  }

  @Override
  public boolean takesModels(String path) {
    return path.equals(ModelRoutes.PATH);
  }

  @Override
  public void fail(Context context, Failure failure) {
    Json.answer(
        context,
        new FailureJson(
            new ErrorJson(failure.message(), failure.parameter(), code(failure.status()))));
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404, 410 -> "not_found";
      case 405, 406, 415 -> "unsupported";
      case 413, 414, 431 -> "too_large";
      case 429, 507 -> "full";
      default -> status < 500 ? "invalid" : "failed";
    };
  }

  private record FailureJson(ErrorJson error) {}

  private record ErrorJson(
      String message,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> parameter,
      String code) {}

  @Override
  public void close() {
    events.close();
  }

  /** {@return how many clients hear events} */
  int streams() {
    return events.streams();
  }
}
