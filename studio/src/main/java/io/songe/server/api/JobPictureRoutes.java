package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.film.Film;
import io.songe.film.FilmFormat;
import io.songe.gallery.Gallery;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.server.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a job has drawn so far: its preview, its pictures, its frames and the film of them. */
final class JobPictureRoutes implements ApiDoor.Routes {
  private static final int MOST_DIGITS = 6;
  private static final int USUAL_FRAMES_PER_SECOND = 12;
  private static final int MOST_FRAMES_PER_SECOND = 60;
  private static final List<String> FORMATS =
      Stream.of(FilmFormat.values()).map(FilmFormat::id).toList();

  private final JobQueue queue;
  private final Gallery gallery;

  JobPictureRoutes(JobQueue queue, Gallery gallery) {
    this.queue = queue;
    this.gallery = gallery;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/jobs/{id}/preview", this::preview);
    routes.get("/api/jobs/{id}/pictures/{i}", this::picture);
    routes.get("/api/jobs/{id}/frames/{i}", this::frame);
    routes.get("/api/jobs/{id}/film", this::film);
  }

  private static int index(Context context) {
    String number = context.pathParam("i");
    boolean digits =
        !number.isEmpty()
            && number.length() <= MOST_DIGITS
            && number.chars().allMatch(each -> each >= '0' && each <= '9');
    if (!digits) {
      throw Refused.missing("picture of the job");
    }
    return Integer.parseInt(number);
  }

  private void preview(Context context) {
    Job job = JobRoutes.find(queue, context);
    Image preview =
        queue
            .preview(Caller.of(context).user(), job.id())
            .orElseThrow(() -> Refused.missing("preview now"));
    PictureFiles.notKept(context);
    PictureFiles.answer(context, new Png(preview));
  }

  private void picture(Context context) throws IOException {
    Job job = JobRoutes.find(queue, context);
    String owner = Caller.of(context).user();
    int index = index(context);
    Path file =
        queue
            .picture(owner, job.id(), index)
            .or(() -> kept(owner, job, index))
            .orElseThrow(() -> Refused.missing("picture of the job"));
    PictureFiles.forEver(context);
    PictureFiles.answer(context, file);
  }

  private Optional<Path> kept(String owner, Job job, int index) {
    return index < job.pictures().size()
        ? gallery.file(owner, job.pictures().get(index))
        : Optional.empty();
  }

  private void frame(Context context) {
    Job job = JobRoutes.find(queue, context);
    Image frame =
        queue
            .frame(Caller.of(context).user(), job.id(), index(context))
            .orElseThrow(() -> Refused.missing("frame of the job"));
    PictureFiles.forEver(context);
    PictureFiles.answer(context, new Png(frame));
  }

  private void film(Context context) throws IOException {
    Job job = JobRoutes.find(queue, context);
    Query query = Query.of(context);
    FilmFormat format =
        query.choice("format", FORMATS).map(FilmFormat::named).orElse(FilmFormat.APNG);
    int framesPerSecond = query.whole("fps", 1, MOST_FRAMES_PER_SECOND, USUAL_FRAMES_PER_SECOND);
    boolean pingPong = query.flag("pingpong");
    query.end();
    if (job.frames() == 0) {
      throw Refused.missing("film; the job has no frames");
    }
    Film there = Film.of(frames(Caller.of(context).user(), job), framesPerSecond);
    var bytes = new ByteArrayOutputStream();
    format.write(pingPong ? there.thereAndBack() : there, bytes);
    context.header(
        "Content-Disposition",
        "attachment; filename=\"songe-%s.%s\"".formatted(job.id(), format.extension()));
    PictureFiles.answer(context, format.mediaType(), bytes.toByteArray());
  }

  /** Each is read when the film is written, since all of them may be large. */
  private List<Image> frames(String owner, Job job) {
    return new AbstractList<>() {
      @Override
      public Image get(int index) {
        return queue
            .frame(owner, job.id(), index)
            .orElseThrow(() -> Refused.missing("frame " + index + " any more"));
      }

      @Override
      public int size() {
        return job.frames();
      }
    };
  }
}
