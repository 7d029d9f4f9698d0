package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.gallery.Gallery;
import io.songe.gallery.Imported;
import io.songe.gallery.Picture;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.pictures.PictureUpload;
import io.songe.server.Caller;
import io.songe.server.HttpFailure;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Pictures that were made elsewhere and are put into the gallery. */
final class ArrivalRoutes implements ApiDoor.Routes {
  private final Gallery gallery;
  private final ModelList models;
  private final Clock clock;

  ArrivalRoutes(Gallery gallery, ModelList models, Clock clock) {
    this.clock = clock;
    this.models = models;
    this.gallery = gallery;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/pictures", this::add);
  }

  private record RefusedJson(String file, String message) {}

  private record AddedJson(
      List<PictureJson> added, List<PictureJson> present, List<RefusedJson> refused) {}

  private void add(Context context) throws IOException, ServletException {
    String owner = Caller.of(context).user();
    Instant now = clock.instant();
    List<PictureJson> added = new ArrayList<>();
    List<PictureJson> present = new ArrayList<>();
    List<RefusedJson> refused = new ArrayList<>();
    for (Uploads.Sent file : Uploads.files(context)) {
      switch (imported(owner, file, now)) {
        case Imported.Added(String _, Picture picture) ->
            added.add(PictureJson.of(picture, models));
        case Imported.Present(String _, Picture picture) ->
            present.add(PictureJson.of(picture, models));
        case Imported.Refused(String name, String why) -> refused.add(new RefusedJson(name, why));
      }
    }
    if (added.isEmpty() && present.isEmpty()) {
      throw Refused.field("file", refused.getFirst().message());
    }
    context.status(201);
    Json.answer(context, new AddedJson(added, present, refused));
  }

  /** What is no PNG file becomes one; one that is stays as it is, to its last byte. */
  private Imported imported(String owner, Uploads.Sent file, Instant now) {
    try {
      PictureUpload sent = file.picture();
      byte[] png =
          sent.kind() == PictureUpload.Kind.PNG
              ? file.bytes()
              : new Png(sent.image(), texts(sent.texts())).encode();
      return gallery.importPicture(owner, file.name(), png, now);
    } catch (HttpFailure refused) {
      return new Imported.Refused(file.name(), refused.failure().message());
    }
  }

  /** What other files hold in their Exif data, PNG files hold under a keyword of its own. */
  private static SequencedMap<String, String> texts(Map<String, String> found) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(found);
    String comment = texts.remove(PictureTexts.USER_COMMENT);
    if (comment != null) {
      texts.putIfAbsent(ParametersText.KEYWORD, comment);
    }
    return texts;
  }
}
