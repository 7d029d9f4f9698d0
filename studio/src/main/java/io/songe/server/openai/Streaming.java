package io.songe.server.openai;

import io.javalin.http.Context;
import io.songe.image.Image;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.server.Caller;
import io.songe.server.HttpFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Has drawings drawn and sends their pictures one by one, as they are done, with previews before
 * each: events of the form that HTML's section 9.2 describes.
 */
final class Streaming {
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
      }
    } catch (IOException gone) {
      // whoever asked has hung up; closing the commission gave the job up
    }
  }

  private void send(Commission commission, Wire wire, Drawing drawing, OutputStream out)
      throws IOException {
    var partials = new Partials(drawing.settings().delivery().partial());
    int silent = 0;
    while (!wire.isCut()) {
      Optional<JobEvent> next = commission.next(Waiting.LOOK);
      silent = next.isPresent() ? 0 : silent + 1;
      if (silent == LOOKS_OF_SILENCE) {
        out.write(SIGN_OF_LIFE);
        out.flush();
        silent = 0;
      }
      switch (next.orElse(null)) {
        case JobEvent.Stepped(Job job, Optional<Image> preview) -> {
          if (preview.isPresent() && partials.isDue(job)) {
            Answers.Streamed event = partial(drawing, preview.get(), partials.index());
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
  }

  private Answers.Streamed partial(Drawing drawing, Image preview, int index) {
    Settings settings = drawing.settings();
    byte[] file = Handout.ofPreview(preview, settings);
    return new Answers.Streamed(
        Fields.word(drawing.kind()) + ".partial_image",
        Handout.base64(file),
        clock.instant().getEpochSecond(),
        new Size(preview.width(), preview.height()).toString(),
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

  /** Which previews are sent: so many of each picture, evenly over its steps. */
  private static final class Partials {
    private final int most;
    private int image;
    private int sent;

    Partials(int most) {
      this.most = most;
    }

    boolean isDue(Job job) {
      if (job.image() != image) {
        image = job.image();
        sent = 0;
      }
      boolean due =
          sent < most
              && job.step() < job.steps()
              && job.step() * (most + 1) >= (sent + 1) * job.steps();
      if (due) {
        sent++;
      }
      return due;
    }

    /** {@return which preview of its picture was due last, from 0} */
    int index() {
      return sent - 1;
    }
  }
}
