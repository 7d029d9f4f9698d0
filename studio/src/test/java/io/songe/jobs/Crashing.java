package io.songe.jobs;

import io.songe.file.AtomicFile;
import io.songe.image.Png;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A process that submits, draws and cancels jobs as fast as it can until it is killed. Everything
 * that it was promised it notes in a file, one line each.
 */
final class Crashing {
  static final QueueLimits LIMITS = new QueueLimits(40, 40, 1_000_000);
  static final List<String> OWNERS = List.of("anna", "ben");
  private static final int MOST_PICTURES = 3;

  private final Path folder;
  private final FileChannel notes;
  private final Random random;

  private Crashing(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    this.notes =
        FileChannel.open(notes(folder), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Runs until it is killed, or has submitted so many jobs.
   *
   * @param arguments the folder, a seed, and how many jobs
   */
  public static void main(String[] arguments) throws IOException {
    new Crashing(Path.of(arguments[0]), Long.parseLong(arguments[1]))
        .run(Integer.parseInt(arguments[2]));
  }

  static Path notes(Path folder) {
    return folder.resolve("notes");
  }

  private void run(int most) {
    JobQueue queue =
        JobQueue.open(folder.resolve("queue"), new Kept(folder), LIMITS, Clock.systemUTC());
    OWNERS.forEach(owner -> queue.subscribe(owner, JobQueue.Previews.WANTED, this::note));
    for (int i = 0; i < 2; i++) {
      Worker.start(queue, this::draw);
    }
    Queue<Job> last = new ArrayDeque<>();
    int submitted = 0;
    while (submitted < most) {
      try {
        String owner = OWNERS.get(random.nextInt(OWNERS.size()));
        Job job = queue.submit(Orders.of(owner, "a fox", 1 + random.nextInt(MOST_PICTURES)));
        note("submitted " + job.id());
        submitted++;
        System.out.write(1);
        System.out.flush();
        last.add(job);
        if (last.size() > 3) {
          Job old = last.remove();
          if (random.nextInt(4) == 0 && queue.cancel(old.order().owner(), old.id())) {
            note("cancelled " + old.id());
          }
        }
      } catch (QueueFullException full) {
        pause(5);
      }
    }
  }

  private void draw(Job job, Draftsman.Easel easel) {
    note("begun " + job.id());
    for (int image = 0; image < job.order().count(); image++) {
      if (!easel.has(image)) {
        easel.stepped(image, 1, 2, Optional.empty());
        pause(1);
        easel.drawn(image, Orders.png());
      }
    }
  }

  private void note(JobEvent event) {
    switch (event) {
      case JobEvent.Drawn drawn -> note("drawn " + drawn.picture());
      case JobEvent.Ended ended -> note(ended.job().state() + " " + ended.job().id());
      case JobEvent.Queued _, JobEvent.Started _, JobEvent.Stepped _ -> {}
    }
  }

  /** One write, which is either in the file or not. */
  private void note(String line) {
    try {
      notes.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException cancelled) {
      throw (CancellationException) new CancellationException().initCause(cancelled);
    }
  }

  /**
   * Keeps pictures in files, a folder for each, in which another file appears whenever one is kept:
   * so it can be counted how often that was.
   */
  record Kept(Path folder) implements PictureKeeper {
    private Path of(String id) {
      return folder.resolve("pictures").resolve(id);
    }

    @Override
    public boolean has(String id) {
      return count(id) > 0;
    }

    long count(String id) {
      if (!Files.exists(of(id))) {
        return 0;
      }
      try (Stream<Path> files = Files.list(of(id))) {
        return files.filter(file -> file.toString().endsWith(".png")).count();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void keep(String id, Job job, Png picture) {
      byte[] bytes = picture.encode();
      try {
        Files.createDirectories(of(id));
        AtomicFile.write(
            of(id).resolve(System.nanoTime() + ".png"),
            channel -> channel.write(ByteBuffer.wrap(bytes)));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
