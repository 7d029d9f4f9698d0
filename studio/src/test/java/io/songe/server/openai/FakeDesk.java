package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.jobs.JobQueue;
import io.songe.jobs.JobState;
import io.songe.jobs.Order;
import io.songe.mini.SongeMini;
import io.songe.pipeline.Recipe;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws squares of one colour at once, or does with an order what a test says. */
final class FakeDesk implements Desk {
  private static final int STEPS = 4;

  private final Path folder;
  private final List<Consumer<JobEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Kept> pictures = new ConcurrentHashMap<>();
  final List<Wish> wishes = new CopyOnWriteArrayList<>();
  final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  volatile Consumer<Job> worker = this::draw;
  volatile Supplier<@Nullable RuntimeException> full = () -> null;

  FakeDesk(Path folder) {
    this.folder = folder;
  }

  @Override
  public Job submit(Wish wish) {
    RuntimeException refusal = full.get();
    if (refusal != null) {
      throw refusal;
    }
    wishes.add(wish);
    Job job = job("job" + wishes.size(), order(wish), JobState.QUEUED, 0, 0, List.of());
    Thread.startVirtualThread(() -> worker.accept(job));
    return job;
  }

  private static Order order(Wish wish) {
    var recipe =
        new Recipe(
            Recipe.FORMAT,
            "fake",
            wish.model().orElse("songe-mini"),
            "",
            new Prompt(wish.prompt().positive() + suffix(wish), wish.prompt().negative()),
            wish.width().orElse(64),
            wish.height().orElse(64),
            wish.steps().orElse(STEPS),
            1,
            0,
            "euler",
            "normal",
            wish.seed().orElse(1L),
            "fp32",
            wish.background().toString(),
            Optional.empty(),
            "a1111",
            1,
            List.of());
    return new Order(
        wish.owner(),
        wish.door(),
        recipe,
        wish.style(),
        wish.count(),
        Optional.empty(),
        false,
        true);
  }

  private static String suffix(Wish wish) {
    return wish.style().isEmpty() ? "" : ", " + wish.style() + " style";
  }

  static Job job(
      String id, Order order, JobState state, int image, int step, List<String> pictures) {
    return new Job(
        id,
        order,
        state,
        Optional.empty(),
        0,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        image,
        step,
        STEPS,
        Optional.empty(),
        pictures,
        0,
        state == JobState.FAILED ? Optional.of("there is no paper") : Optional.empty());
  }

  /** Draws a job to its end. */
  void draw(Job job) {
    Order order = job.order();
    List<String> done = new ArrayList<>();
    Image picture =
        Image.filled(order.recipe().width(), order.recipe().height(), Colour.opaque(200, 100, 50));
    tell(new JobEvent.Started(job));
    for (int image = 0; image < order.count(); image++) {
      for (int step = 1; step <= STEPS; step++) {
        tell(
            new JobEvent.Stepped(
                job(job.id(), order, JobState.RUNNING, image, step, done), Optional.of(picture)));
      }
      String id = job.id() + "-" + image;
      Path file = folder.resolve(id + ".png");
      new Png(picture).withText("parameters", order.recipe().prompt().positive()).write(file);
      pictures.put(id, new Kept(file, picture.width(), picture.height(), false));
      done = new ArrayList<>(done);
      done.add(id);
      tell(new JobEvent.Drawn(job(job.id(), order, JobState.RUNNING, image, STEPS, done), id));
    }
    end(job, JobState.FINISHED, done);
  }

  /** Ends a job in a state. */
  void end(Job job, JobState state, List<String> pictures) {
    tell(new JobEvent.Ended(job(job.id(), job.order(), state, 0, STEPS, pictures)));
  }

  void tell(JobEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  /** {@return how many listen} */
  int listeners() {
    return listeners.size();
  }

  @Override
  public JobQueue.Subscription subscribe(
      String owner, JobQueue.Previews previews, Consumer<JobEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void cancel(String owner, String job) {
    cancelled.add(job);
  }

  @Override
  public Optional<Kept> picture(String owner, String id) {
    return Optional.ofNullable(pictures.get(id)).filter(_ -> owner.equals("local"));
  }

  @Override
  public List<String> models() {
    return List.of("songe-mini");
  }

  @Override
  public Optional<Path> model(String name) {
    return Optional.of(name).filter("songe-mini"::equals).map(_ -> SongeMini.folder());
  }
}
