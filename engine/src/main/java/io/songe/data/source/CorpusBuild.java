package io.songe.data.source;

import io.songe.data.CorpusDescription;
import io.songe.data.CorpusPicture;
import io.songe.data.CorpusWriter;
import io.songe.data.DrawingJson;
import io.songe.data.ShardRecord;
import io.songe.data.Skipped;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes a corpus: renders all drawings, on every core, and writes them into shards. The same
 * originals and settings give the same bytes. A build that was broken off is gone on with: shards
 * that are finished and would come out the same are kept.
 *
 * @param side height and width of every picture, in pixels
 * @param framing how pictures come into the square
 */
public record CorpusBuild(int side, Framing framing) {
  /** So many drawings are in a shard, those left out counted. */
  private static final int SHARD = 1000;

  private static final int SMALLEST = 8;
  private static final int LARGEST = 2048;

  /** How far a build is. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Is told after each drawing, in the thread that builds.
     *
     * @param done how many drawings are rendered or left out
     * @param total how many there are
     */
    void at(int done, int total);
  }

  /** What became of a drawing: a picture, or the reason why there is none. */
  private sealed interface Outcome {
    record Drawn(CorpusPicture picture) implements Outcome {}

    record Unusable(Skipped skipped) implements Outcome {}
  }

  /** Checks the side. */
  public CorpusBuild {
    if (side < SMALLEST || side > LARGEST) {
      throw new InvalidRequestException(
          "a corpus has pictures of %d to %d pixels, got %d".formatted(SMALLEST, LARGEST, side));
    }
  }

  /**
   * Makes a corpus, or goes on with one.
   *
   * @param originals what it is made of
   * @param folder where to; empty, or begun or finished with the same settings
   * @param listener is told of progress
   * @return what the corpus is
   * @throws InvalidRequestException if the folder holds something else, or nothing is left to put
   *     into a corpus
   * @throws io.songe.error.BrokenFileException if it cannot be written
   * @throws CancellationException if the thread was interrupted; what is finished is kept
   */
  public CorpusDescription run(Originals originals, Path folder, Listener listener) {
    List<Original> drawings = originals.drawings();
    SequencedMap<String, String> settings = new TreeMap<>(originals.settings());
    settings.put("framing", framing.code());
    settings.put("rendering", String.valueOf(Rendering.VERSION));
    CorpusWriter writer = CorpusWriter.begin(folder, side, settings);
    List<ShardRecord> shards = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      try {
        for (int first = 0; first < drawings.size(); first += SHARD) {
          int end = Math.min(first + SHARD, drawings.size());
          shards.add(shard(writer, drawings, first, end, workers, listener));
          listener.at(end, drawings.size());
        }
      } finally {
        workers.shutdownNow();
      }
    }
    if (shards.stream().allMatch(shard -> shard.drawings() == 0)) {
      throw new InvalidRequestException(
          "not one of %d pictures can be used; the first: %s"
              .formatted(
                  drawings.size(),
                  shards.stream()
                      .flatMap(shard -> shard.skipped().stream())
                      .findFirst()
                      .map(one -> one.what() + ": " + one.why())
                      .orElse("there are none")));
    }
    CorpusDescription description = writer.finish(shards, originals.skipped());
    CorpusPapers.write(folder, originals.credits(), Manifest.bundled().captions());
    return description;
  }

  private ShardRecord shard(
      CorpusWriter writer,
      List<Original> drawings,
      int first,
      int end,
      ExecutorService workers,
      Listener listener) {
    String inputs = fingerprint(drawings.subList(first, end));
    int number = first / SHARD;
    return writer
        .finished(number, inputs)
        .orElseGet(() -> {
          var rendering = new Rendering(side, framing);
          List<Future<Outcome>> outcomes = new ArrayList<>();
          for (int i = first; i < end; i++) {
            int position = i;
            outcomes.add(
                workers.submit(() -> outcome(rendering, position, drawings.get(position))));
          }
          List<CorpusPicture> pictures = new ArrayList<>();
          List<Skipped> skipped = new ArrayList<>();
          for (int i = 0; i < outcomes.size(); i++) {
            switch (await(outcomes.get(i))) {
              case Outcome.Drawn(CorpusPicture picture) -> pictures.add(picture);
              case Outcome.Unusable(Skipped one) -> skipped.add(one);
            }
            listener.at(first + i + 1, drawings.size());
          }
          return writer.write(number, inputs, pictures, skipped);
        });
  }

  private static Outcome outcome(Rendering rendering, int position, Original original) {
    try {
      byte[] png = rendering.png(original.artwork());
      return new Outcome.Drawn(new CorpusPicture(position, original.drawing(), png));
    } catch (UnusableArtworkException unusable) {
      return new Outcome.Unusable(new Skipped(original.drawing().key(), unusable.why()));
    }
  }

  private static Outcome await(Future<Outcome> outcome) {
    try {
      return outcome.get();
    } catch (InterruptedException interrupted) {
      throw new CancellationException(
          "building the corpus was cancelled; what is finished is kept");
    } catch (ExecutionException defect) {
      throw new EngineException("a drawing could not be rendered: " + defect.getCause(), defect);
    }
  }

  private String fingerprint(List<Original> part) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, side + " " + framing.code() + " " + Rendering.VERSION);
      for (Original original : part) {
        digest.update(DrawingJson.bytes(original.drawing()));
        switch (original.artwork()) {
          case Artwork.Vector(String svg) -> add(digest, svg);
          case Artwork.Raster raster -> digest.update(raster.bytes());
          case Artwork.File(Path file) -> add(digest, stamp(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String stamp(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException unreadable) {
      return "unreadable: " + FileLabel.reason(unreadable);
    }
  }
}
