package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.InputStore;
import io.songe.pictures.PictureUpload;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Pictures and masks that are sent for drawings to begin with, and how a picture was made. */
final class InputRoutes implements ApiDoor.Routes {
  private final InputStore inputs;

  InputRoutes(InputStore inputs) {
    this.inputs = inputs;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/inputs", this::add);
    routes.get("/api/inputs/{id}", this::one);
    routes.post("/api/read", InputRoutes::read);
  }

  private record InputJson(
      String id, int width, int height, boolean transparent, Optional<MadeJson> made) {}

  private record ReadJson(
      Optional<MadeJson> made, Optional<String> software, Map<String, String> texts) {}

  private void add(Context context) throws IOException, ServletException {
    PictureUpload sent = Uploads.file(context).picture();
    Image image = sent.image();
    String id = inputs.put(image);
    context.status(201);
    Json.answer(
        context,
        new InputJson(
            id,
            image.width(),
            image.height(),
            image.hasTransparency(),
            MadeJson.readable(sent.texts())));
  }

  private void one(Context context) {
    Image image = inputs.find(context.pathParam("id")).orElseThrow(() -> Refused.missing("input"));
    PictureFiles.forEver(context);
    PictureFiles.answer(context, new Png(image));
  }

  private static void read(Context context) throws IOException, ServletException {
    PictureUpload sent = Uploads.file(context).picture();
    Optional<MadeJson> made = MadeJson.readable(sent.texts());
    Json.answer(context, new ReadJson(made, made.map(MadeJson::software), sent.texts()));
  }
}
