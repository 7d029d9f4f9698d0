package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.server.Caller;
import io.songe.server.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has drawings drawn while their clients wait, and answers with all pictures at once. */
final class Waiting {
  /** How soon it is noticed that a client has hung up. */
  static final Duration LOOK = Duration.ofMillis(500);

  private final Desk desk;
  private final Links links;
  private final Tokens tokens;
  private final Clock clock;

  Waiting(Desk desk, Links links, Tokens tokens, Clock clock) {
    this.desk = desk;
    this.links = links;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Answers a request. */
  void answer(Context context, Drawing drawing) {
    String owner = Caller.of(context).user();
    try (var commission = new Commission(desk, drawing.wish(owner), false)) {
      Optional<Job> drawn = wait(commission, Wire.of(context));
      if (drawn.isPresent()) {
        byte[] answer = Answers.json(images(context, drawing, drawn.get()));
        context.disableCompression().contentType("application/json").result(answer);
      }
    }
  }

  /** {@return the finished job; empty if nobody waits for it any more} */
  private static Optional<Job> wait(Commission commission, Wire wire) {
    while (wire.isOpen()) {
      if (wire.isHungUp()) {
        return Optional.empty();
      }
      if (commission.next(LOOK).orElse(null) instanceof JobEvent.Ended(Job job)) {
        return Optional.of(job);
      }
    }
    commission.leave();
    return Optional.empty();
  }

  private Answers.Images images(Context context, Drawing drawing, Job job) {
    Settings settings = drawing.settings();
    Optional<String> revised =
        Optional.of(job.order().recipe().prompt().positive())
            .filter(words -> !words.equals(settings.prompt().positive()));
    List<Answers.Data> data = new ArrayList<>();
    boolean transparent = false;
    int width = 0;
    int height = 0;
    for (String id : job.pictures()) {
      Desk.Kept picture = Handout.find(desk, job, id);
      transparent |= picture.transparent();
      width = picture.width();
      height = picture.height();
      data.add(data(context, settings.delivery(), job, id, picture, revised));
    }
    return new Answers.Images(
        clock.instant().getEpochSecond(),
        data,
        Fields.word(Background.of(transparent, settings.delivery().type())),
        Fields.word(settings.delivery().type()),
        new Size(width, height).toString(),
        settings.quality().answered(),
        tokens.count(settings.prompt(), drawing.given(), data.size(), width, height));
  }

  private Answers.Data data(
      Context context,
      Delivery delivery,
      Job job,
      String id,
      Desk.Kept picture,
      Optional<String> revised) {
    if (!delivery.byLink()) {
      byte[] file = Handout.of(picture, delivery.type(), delivery.compression());
      return new Answers.Data(Optional.of(Handout.base64(file)), Optional.empty(), revised);
    }
    String name =
        links.fileName(
            new Links.Target(job.order().owner(), id, delivery.type(), delivery.compression()));
    String url = context.scheme() + "://" + context.host() + OpenAiDoor.FILES + name;
    return new Answers.Data(Optional.empty(), Optional.of(url), revised);
  }
}
