package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.gallery.Gallery;
import io.songe.server.Caller;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Collections of pictures, and the trash. */
final class CollectionRoutes implements ApiDoor.Routes {
  private static final int LONGEST_NAME = 100;

  private final Gallery gallery;
  private final ToIntFunction<String> trash;
  private final ModelList models;

  /**
   * Routes.
   *
   * @param gallery of all pictures
   * @param trash empties that of a user and says how many pictures lay in it
   * @param models that draw
   */
  CollectionRoutes(Gallery gallery, ToIntFunction<String> trash, ModelList models) {
    this.models = models;
    this.trash = trash;
    this.gallery = gallery;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/collections", this::list);
    routes.put("/api/collections/{name}/pictures/{id}", context -> collect(context, true));
    routes.delete("/api/collections/{name}/pictures/{id}", context -> collect(context, false));
    routes.delete("/api/trash", this::emptyTrash);
  }

  private record CollectionsJson(Map<String, Integer> collections) {}

  private void list(Context context) {
    Json.answer(context, new CollectionsJson(gallery.collections(Caller.of(context).user())));
  }

  private void collect(Context context, boolean into) {
    String id = PictureRoutes.find(gallery, context).id();
    String name = Texts.checked("name", context.pathParam("name").strip(), LONGEST_NAME);
    if (name.isEmpty()) {
      throw Refused.field("name", "a collection's name has at least one character");
    }
    Json.answer(
        context,
        PictureJson.of(gallery.collect(Caller.of(context).user(), id, name, into), models));
  }

  private record RemovedJson(int removed) {}

  private void emptyTrash(Context context) {
    Json.answer(context, new RemovedJson(trash.applyAsInt(Caller.of(context).user())));
  }
}
