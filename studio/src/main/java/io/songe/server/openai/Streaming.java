package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.image.Image;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.pipeline.Recipe;
import io.songe.server.Caller;
import io.songe.server.Failure;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has drawings drawn and sends their pictures one by one, as they are done, with previews before
 * each: events of the form that HTML's section 9.2 describes.
 */
final class Streaming {
  private static final Logger LOG = Logger.getLogger(Streaming.class.getName());

  /** How many looks at the socket pass between two signs of life, of half a second each. */
  private static final int LOOKS_OF_SILENCE = 20;

  private static final byte[] SIGN_OF_LIFE = ":\n".getBytes(StandardCharsets.UTF_8);

  private final Desk desk;
  private final Tokens tokens;
  private final Clock clock;

  Streaming(Desk desk, Tokens tokens, Clock clock) {
    this.desk = desk;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Answers a request. */
  void answer(Context context, Drawing drawing) {
    String owner = Caller.of(context).user();
    int partial = drawing.settings().delivery().partial();
    try (var commission = new Commission(desk, drawing.wish(owner), partial > 0)) {
      context.disableCompression();
      context.status(200).contentType("text/event-stream").header("Cache-Control", "no-store");
      OutputStream out = context.res().getOutputStream();
      context.res().flushBuffer();
      try {
        send(commission, Wire.of(context), drawing, out);
      } catch (HttpFailure failed) {
        write(out, "error", OpenAiDoor.error(failed.failure()));
      } catch (RuntimeException bug) { // too late for another status
        LOG.log(Level.SEVERE, "a stream failed", bug);
        Failure failure = Failure.of(500, "something failed here; the log says what");
        write(out, "error", OpenAiDoor.error(failure));
      }
    } catch (IOException gone) {
      // whoever asked has hung up; closing the commission gave the job up
    }
  }

  private void send(Commission commission, Wire wire, Drawing drawing, OutputStream out)
      throws IOException {
    var partials = new Partials(drawing.settings().delivery().partial());
    int silent = 0;
    while (wire.isOpen()) {
      if (wire.isHungUp()) {
        return;
      }
      Optional<JobEvent> next = commission.next(Waiting.LOOK);
      silent = next.isPresent() ? 0 : silent + 1;
      if (silent == LOOKS_OF_SILENCE) {
        out.write(SIGN_OF_LIFE);
        out.flush();
        silent = 0;
      }
      switch (next.orElse(null)) {
        case JobEvent.Stepped(Job job, Optional<Image> preview) -> {
          Optional<Image> due = partials.due(job, preview);
          if (due.isPresent()) {
            Answers.Streamed event = partial(drawing, job, due.get(), partials.index());
            write(out, event.type(), Answers.json(event));
          }
        }
        case JobEvent.Drawn(Job job, String picture) -> {
          Answers.Streamed event = completed(drawing, Handout.find(desk, job, picture));
          write(out, event.type(), Answers.json(event));
        }
        case JobEvent.Ended _ -> {
          return;
        }
        case JobEvent.Queued _ -> {}
        case JobEvent.Started _ -> {}
        case null -> {}
      }
    }
    commission.leave();
  }

  private Answers.Streamed partial(Drawing drawing, Job job, Image preview, int index) {
    Settings settings = drawing.settings();
    Recipe recipe = job.order().recipe();
    Size size = settings.size().orElse(new Size(recipe.width(), recipe.height()));
    byte[] file = Handout.ofPreview(preview, size, settings);
    return new Answers.Streamed(
        Fields.word(drawing.kind()) + ".partial_image",
        Handout.base64(file),
        clock.instant().getEpochSecond(),
        size.toString(),
        settings.quality().answered(),
        Fields.word(settings.background()),
        Fields.word(settings.delivery().type()),
        Optional.of(index),
        Optional.empty());
  }

  private Answers.Streamed completed(Drawing drawing, Desk.Kept picture) {
    Settings settings = drawing.settings();
    Delivery delivery = settings.delivery();
    byte[] file = Handout.of(picture, delivery.type(), delivery.compression());
    return new Answers.Streamed(
        Fields.word(drawing.kind()) + ".completed",
        Handout.base64(file),
        clock.instant().getEpochSecond(),
        new Size(picture.width(), picture.height()).toString(),
        settings.quality().answered(),
        Fields.word(Background.of(picture.transparent(), delivery.type())),
        Fields.word(delivery.type()),
        Optional.empty(),
        Optional.of(
            tokens.count(
                settings.prompt(), drawing.given(), 1, picture.width(), picture.height())));
  }

  private static void write(OutputStream out, String event, byte[] data) throws IOException {
    out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Which previews are sent: so many of each picture, evenly over its steps. Not every step has
   * one; of those that were not sent the latest is taken when the next is due.
   */
  private static final class Partials {
    private final int most;
    private Optional<Image> latest = Optional.empty();
    private int image;
    private int sent;

    Partials(int most) {
      this.most = most;
    }

    Optional<Image> due(Job job, Optional<Image> preview) {
      if (job.image() != image) {
        image = job.image();
        sent = 0;
        latest = Optional.empty();
      }
      latest = preview.or(() -> latest);
      boolean due =
          sent < most
              && job.step() < job.steps()
              && job.step() * (most + 1) >= (sent + 1) * job.steps();
      if (!due || latest.isEmpty()) {
        return Optional.empty();
      }
      sent++;
      Optional<Image> next = latest;
      latest = Optional.empty();
      return next;
    }

    /** {@return which preview of its picture was sent last, from 0} */
    int index() {
      return sent - 1;
    }
  }
}
