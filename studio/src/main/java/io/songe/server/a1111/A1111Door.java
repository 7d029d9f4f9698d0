package io.songe.server.a1111;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.songe.models.ModelShelf;
import io.songe.server.Caller;
import io.songe.server.Door;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import io.songe.studio.Studio;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/**
 * The door for programs that were written for the AUTOMATIC1111 web UI. Its routes are those of the
 * web UI that draw, tell and list; those that would end the server, train or make models are
 * refused whoever asks.
 */
public final class A1111Door implements Door {
  private static final String API = "/sdapi/v1/";
  private static final int UNPROCESSABLE = 422;

  private static final List<String> NEVER =
      List.of(
          "server-kill",
          "server-restart",
          "server-stop",
          "create/embedding",
          "create/hypernetwork",
          "train/embedding",
          "train/hypernetwork");

  /** What has nothing to do here: lists are read anew each time, models closed when need be. */
  private static final List<String> NOTHING_TO_DO =
      List.of(
          "refresh-checkpoints",
          "refresh-loras",
          "refresh-embeddings",
          "refresh-vae",
          "unload-checkpoint",
          "reload-checkpoint");

  private final ModelShelf shelf;
  private final ModelList models;
  private final UserSettings settings;
  private final OpenRequests requests;
  private final DrawingRoutes drawing;
  private final Progress progress;
  private final ReentrantLock enlarging = new ReentrantLock();

  /**
   * The door of a studio.
   *
   * @param studio that draws
   * @param clock tells how long that takes
   */
  public A1111Door(Studio studio, Clock clock) {
    shelf = new ModelShelf(studio.models());
    models = new ModelList(shelf, studio.usualModel());
    settings = new UserSettings(models);
    requests = new OpenRequests(studio.queue());
    drawing = new DrawingRoutes(studio, models, settings, requests);
    progress = new Progress(studio.queue(), requests, clock);
  }

  @Override
  public Set<String> prefixes() {
    return Set.of("/sdapi/", "/internal/", "/controlnet/");
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(API + "txt2img", drawing::textToImage);
    routes.post(API + "img2img", drawing::imageToImage);
    routes.get(API + "progress", progress::report);
    routes.post("/internal/progress", progress::reportTask);
    routes.get("/internal/ping", context -> Answer.json(context, Lists.object()));
    routes.post(API + "interrupt", this::interrupt);
    routes.post(API + "skip", this::skip);
    routes.get(
        API + "options",
        context -> Answer.json(context, settings.of(Caller.of(context).user()).json(models)));
    routes.post(API + "options", this::changeOptions);
    routes.post(API + "png-info", ReadingRoutes::info);
    routes.post(API + "interrogate", ReadingRoutes::interrogate);
    routes.post(API + "extra-single-image", alone(Extras::single));
    routes.post(API + "extra-batch-images", alone(Extras::batch));
    addLists(routes);
    NOTHING_TO_DO.forEach(name -> routes.post(API + name, Answer::nothing));
    for (String name : NEVER) {
      routes.post(API + name, A1111Door::refuse);
    }
  }

  /** Large pictures take much memory, so that they are enlarged one after the other. */
  private Handler alone(Handler handler) {
    return context -> {
      enlarging.lock();
      try {
        handler.handle(context);
      } finally {
        enlarging.unlock();
      }
    };
  }

  private void addLists(RoutesConfig routes) {
    routes.get(API + "sd-models", context -> Answer.json(context, models.json()));
    routes.get(API + "samplers", context -> Answer.json(context, Lists.samplers()));
    routes.get(API + "schedulers", context -> Answer.json(context, Lists.schedulers()));
    routes.get(API + "upscalers", context -> Answer.json(context, Lists.upscalers()));
    routes.get(API + "latent-upscale-modes", context -> Answer.json(context, Lists.latentModes()));
    routes.get(API + "loras", context -> Answer.json(context, Lists.loras(shelf.loras())));
    routes.get(
        API + "embeddings", context -> Answer.json(context, Lists.embeddings(shelf.embeddings())));
    routes.get(
        API + "prompt-styles",
        context ->
            Answer.json(
                context, Lists.styles(settings.model(Caller.of(context).user()).card().styles())));
    routes.get(API + "memory", context -> Answer.json(context, Lists.memory()));
    routes.get(API + "cmd-flags", context -> Answer.json(context, Lists.flags()));
    for (String empty : Lists.EMPTY) {
      routes.get(API + empty, context -> Answer.json(context, Lists.list()));
    }
    routes.get(API + "scripts", context -> Answer.json(context, Lists.scripts()));
    Lists.CONTROL_NET.forEach((path, answer) ->
        routes.get(
            "/controlnet/" + path,
            context -> Answer.json(context, RequestFields.JSON.readTree(answer))));
  }

  private void interrupt(Context context) {
    requests.interrupt(Caller.of(context).user());
    Answer.nothing(context);
  }

  private void skip(Context context) {
    requests.skip(Caller.of(context).user());
    Answer.nothing(context);
  }

  private void changeOptions(Context context) {
    settings.change(Caller.of(context).user(), RequestFields.of(context.bodyAsBytes()).given());
    Answer.nothing(context);
  }

  private static void refuse(Context context) {
    throw new HttpFailure(Failure.of(403, "this cannot be done through an interface for programs"));
  }

  /** In FastAPI's form: a text, or for what is wrong with a field a list. */
  @Override
  public void fail(Context context, Failure failure) {
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    if (failure.status() == UNPROCESSABLE) {
      ObjectNode detail = answer.putArray("detail").addObject();
      var place = detail.putArray("loc").add("body");
      failure.parameter().ifPresent(place::add);
      detail.put("msg", failure.message());
      detail.put("type", "value_error");
    } else {
      answer.put("detail", failure.message());
    }
    Answer.json(context, answer);
  }
}
