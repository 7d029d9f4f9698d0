package io.songe.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.error.BrokenFileException;
import io.songe.gallery.Gallery;
import io.songe.gallery.Picture;
import io.songe.gallery.Search;
import io.songe.image.Colour;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import io.songe.server.Caller;
import io.songe.server.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The gallery: searched, looked at, marked, thrown away and taken back. */
final class PictureRoutes implements ApiDoor.Routes {
  private static final int USUAL_PAGE = 60;
  private static final int LONGEST_PAGE = 500;
  private static final int DEEPEST = 1_000_000;
  private static final int USUAL_SIMILAR = 12;
  private static final int MOST_SIMILAR = 100;
  private static final int MOST_STARS = 5;
  private static final List<String> SIDES = List.of("128", "256", "512");
  private static final List<String> SHAPES = List.of("square", "wide", "tall");
  private static final List<String> FACETS = List.of("model", "style", "sampler", "collection");

  private final Gallery gallery;
  private final ModelList models;

  PictureRoutes(Gallery gallery, ModelList models) {
    this.models = models;
    this.gallery = gallery;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/pictures", this::search);
    routes.get("/api/pictures/{id}", this::one);
    routes.get("/api/pictures/{id}/file", this::file);
    routes.get("/api/pictures/{id}/thumbnail", this::thumbnail);
    routes.get("/api/pictures/{id}/similar", this::similar);
    routes.patch("/api/pictures/{id}", this::mark);
    routes.delete(
        "/api/pictures/{id}",
        context -> answer(context, gallery.trash(owner(context), find(gallery, context).id())));
    routes.post(
        "/api/pictures/{id}/restore",
        context -> answer(context, gallery.restore(owner(context), find(gallery, context).id())));
  }

  private static String owner(Context context) {
    return Caller.of(context).user();
  }

  /**
   * {@return the caller's picture that the path names}
   *
   * @throws io.songe.server.HttpFailure if there is none
   */
  static Picture find(Gallery gallery, Context context) {
    return gallery
        .find(owner(context), context.pathParam("id"))
        .orElseThrow(() -> Refused.missing("picture"));
  }

  private void answer(Context context, Picture picture) {
    Json.answer(context, PictureJson.of(picture, models));
  }

  private record FoundJson(
      int total,
      double milliseconds,
      List<PictureJson> pictures,
      Map<String, Map<String, Integer>> facets) {}

  private void search(Context context) {
    Query query = Query.of(context);
    Map<String, String> facets = new LinkedHashMap<>();
    for (String facet : FACETS) {
      query.text(facet).ifPresent(value -> facets.put(facet, value));
    }
    query.choice("shape", SHAPES).ifPresent(value -> facets.put("shape", value));
    Search search =
        new Search(
            owner(context),
            query.text("q").orElse(""),
            facets,
            query.flag("favourite"),
            query.flag("edited"),
            query.whole("stars", 0, MOST_STARS, 0),
            query.moment("since"),
            query.moment("until"),
            query.flag("trashed"),
            query.whole("offset", 0, DEEPEST, 0),
            query.whole("most", 0, LONGEST_PAGE, USUAL_PAGE));
    query.end();
    long start = System.nanoTime();
    Search.Found found = gallery.search(search);
    double milliseconds = Math.round((System.nanoTime() - start) / 1000.0) / 1000.0;
    Json.answer(
        context,
        new FoundJson(
            found.total(),
            milliseconds,
            found.pictures().stream().map(each -> PictureJson.of(each, models)).toList(),
            found.facets()));
  }

  private record WholeJson(
      @JsonUnwrapped PictureJson picture,
      Optional<MadeJson> made,
      Optional<JsonNode> recipe,
      Map<String, String> texts) {}

  private void one(Context context) {
    Picture picture = find(gallery, context);
    Map<String, String> texts = gallery.texts(owner(context), picture.id());
    Optional<MadeJson> made =
        MadeJson.readable(texts).map(each -> each.withStyle(picture.style(), models));
    Optional<JsonNode> recipe = recipe(texts);
    Json.answer(context, new WholeJson(PictureJson.of(picture, models), made, recipe, texts));
  }

  private static Optional<JsonNode> recipe(Map<String, String> texts) {
    try {
      return Recipe.of(texts).map(each -> Json.parse(each.toJson()));
    } catch (BrokenFileException damaged) {
      return Optional.empty();
    }
  }

  private void file(Context context) throws IOException {
    Picture picture = find(gallery, context);
    Query query = Query.of(context);
    Optional<Colour> background = query.colour("background");
    boolean download = query.flag("download");
    query.end();
    Path file =
        gallery.file(owner(context), picture.id()).orElseThrow(() -> Refused.missing("picture"));
    if (download) {
      context.header("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"");
    }
    PictureFiles.forEver(context);
    if (background.isPresent() && picture.transparent()) {
      PictureFiles.answer(context, laidOver(file, background.get()));
    } else {
      PictureFiles.answer(context, file);
    }
  }

  /** With all its texts, which still tell how to make what lies on the colour. */
  private static Png laidOver(Path file, Colour colour) {
    try {
      Png png = Png.read(file, PngLimits.DEFAULT);
      return new Png(png.image().over(colour), png.texts());
    } catch (BrokenFileException damaged) {
      throw Refused.missing("picture that can be read");
    }
  }

  private void thumbnail(Context context) throws IOException {
    Picture picture = find(gallery, context);
    Query query = Query.of(context);
    int side = query.choice("side", SIDES).map(Integer::parseInt).orElse(256);
    query.end();
    Path file =
        gallery
            .thumbnail(owner(context), picture.id(), side)
            .orElseThrow(() -> Refused.missing("picture"));
    PictureFiles.forEver(context);
    PictureFiles.answer(context, file);
  }

  private record SimilarJson(List<PictureJson> pictures) {}

  private void similar(Context context) {
    Picture picture = find(gallery, context);
    Query query = Query.of(context);
    int most = query.whole("most", 0, MOST_SIMILAR, USUAL_SIMILAR);
    query.end();
    Json.answer(
        context,
        new SimilarJson(
            gallery.similar(owner(context), picture.id(), most).stream()
                .map(each -> PictureJson.of(each, models))
                .toList()));
  }

  private void mark(Context context) throws IOException {
    Picture picture = find(gallery, context);
    Fields body = Json.body(context);
    Optional<Boolean> favourite = body.flag("favourite");
    Optional<Integer> stars = body.whole("stars", 0, MOST_STARS);
    body.end();
    String owner = owner(context);
    Picture marked = picture;
    if (favourite.isPresent()) {
      marked = gallery.favourite(owner, picture.id(), favourite.get());
    }
    if (stars.isPresent()) {
      marked = gallery.rate(owner, picture.id(), stars.get());
    }
    answer(context, marked);
  }
}
