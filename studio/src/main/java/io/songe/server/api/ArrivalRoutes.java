package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.gallery.Gallery;
import io.songe.gallery.Picture;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.pictures.PictureUpload;
import io.songe.server.Caller;
import io.songe.server.HttpFailure;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Pictures that were made elsewhere and are put into the gallery. */
final class ArrivalRoutes implements ApiDoor.Routes {
  private static final int ID_LENGTH = 26;

  private final Gallery gallery;
  private final ModelList models;
  private final SecureRandom random = new SecureRandom();

  ArrivalRoutes(Gallery gallery, ModelList models) {
    this.models = models;
    this.gallery = gallery;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/pictures", this::add);
  }

  private record RefusedJson(String file, String message) {}

  private record AddedJson(List<PictureJson> added, List<RefusedJson> refused) {}

  private void add(Context context) throws IOException, ServletException {
    String owner = Caller.of(context).user();
    List<PictureJson> added = new ArrayList<>();
    List<RefusedJson> refused = new ArrayList<>();
    for (Uploads.Sent file : Uploads.files(context)) {
      try {
        added.add(PictureJson.of(add(owner, file.picture()), models));
      } catch (HttpFailure wrong) {
        refused.add(new RefusedJson(file.name(), wrong.failure().message()));
      }
    }
    if (added.isEmpty()) {
      throw Refused.field("file", refused.getFirst().message());
    }
    context.status(201);
    Json.answer(context, new AddedJson(added, refused));
  }

  private Picture add(String owner, PictureUpload sent) {
    return gallery.add(newId(), owner, "", new Png(sent.image(), texts(sent.texts())));
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

  private String newId() {
    return random
        .ints(ID_LENGTH, 0, 36)
        .mapToObj(digit -> Character.toString(Character.forDigit(digit, 36)))
        .reduce("", String::concat);
  }
}
