package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.jobs.JobQueue;
import io.songe.models.ModelShelf;
import io.songe.studio.Studio;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The desk of a real studio. */
record StudioDesk(Studio studio) implements Desk {
  @Override
  public Job submit(Wish wish) {
    return studio.submit(wish);
  }

  @Override
  public JobQueue.Subscription subscribe(
      String owner, JobQueue.Previews previews, Consumer<JobEvent> listener) {
    return studio.queue().subscribe(owner, previews, listener);
  }

  @Override
  public void cancel(String owner, String job) {
    studio.queue().cancel(owner, job);
  }

  @Override
  public Optional<Kept> picture(String owner, String id) {
    return studio
        .gallery()
        .find(owner, id)
        .flatMap(picture ->
            studio
                .gallery()
                .file(owner, id)
                .map(file ->
                    new Kept(file, picture.width(), picture.height(), picture.transparent())));
  }

  @Override
  public List<String> models() {
    String usual = studio.usualModel();
    return Stream.concat(Stream.of(usual), shelf().names().stream()).distinct().toList();
  }

  @Override
  public Optional<Path> model(String name) {
    return shelf().named(name);
  }

  private ModelShelf shelf() {
    return new ModelShelf(studio.models());
  }
}
