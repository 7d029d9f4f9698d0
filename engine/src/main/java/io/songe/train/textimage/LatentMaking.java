package io.songe.train.textimage;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.model.Autoencoder;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.text.ClipTokenizer;
import io.songe.text.TokenIds;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Makes the latents that a model is trained on: pictures are composed on several threads while
 * others are encoded. A shard that is there already is not made again.
 *
 * @param recipe what is made
 * @param pictures the pictures, at least as large as the recipe says
 * @param tokenizer of the captions
 * @param autoencoder that encodes
 */
public record LatentMaking(
    LatentRecipe recipe,
    CaptionedPicture.Row pictures,
    ClipTokenizer tokenizer,
    Autoencoder autoencoder) {
  /** As many at a time as fit the processor's caches. */
  private static final int TOGETHER = 16;

  /** Batches that are composed before they can be encoded: more would only take memory. */
  private static final int AHEAD = 4;

  /**
   * Makes all that is missing.
   *
   * @param folder for the shards; made if it does not exist
   * @param threads that compose pictures, at least 1
   * @param listener is told how many latents there are by now
   * @return all of them, to be closed
   * @throws InvalidRequestException as {@link #make(Path, int, BooleanSupplier, IntConsumer)}
   * @throws io.songe.error.BrokenFileException as that
   * @throws CancellationException as that
   */
  public LatentShards make(Path folder, int threads, IntConsumer listener) {
    return make(folder, threads, () -> true, listener).orElseThrow();
  }

  /**
   * Makes what is missing, as long as there is time.
   *
   * @param folder for the shards; made if it does not exist
   * @param threads that compose pictures, at least 1
   * @param timeLeft is asked before each shard but the first that is made
   * @param listener is told how many latents there are by now
   * @return all of them, to be closed; none if the time was over before, and then another call goes
   *     on after the shards that there are
   * @throws InvalidRequestException if the folder holds latents of another recipe, or the pictures
   *     cannot have the side; before anything is made
   * @throws io.songe.error.BrokenFileException if a shard is damaged or cannot be written, or a
   *     picture cannot be read
   * @throws CancellationException if the thread was interrupted; whole shards stay
   */
  public Optional<LatentShards> make(
      Path folder, int threads, BooleanSupplier timeLeft, IntConsumer listener) {
    requireOurs(folder);
    boolean began = false;
    try (ExecutorService composers = Executors.newFixedThreadPool(threads)) {
      try {
        Files.createDirectories(folder);
        for (int shard = 0; shard < LatentShards.shards(recipe); shard++) {
          if (!Files.exists(LatentShards.file(folder, shard))) {
            if (began && !timeLeft.getAsBoolean()) {
              return Optional.empty();
            }
            began = true;
            make(folder, shard, composers, listener);
          }
          listener.accept(shard * LatentShards.IN_A_SHARD + LatentShards.count(recipe, shard));
        }
      } catch (IOException failure) {
        throw FileLabel.ofFolder(folder)
            .broken(
                "could not be made (%s); choose another folder"
                    .formatted(FileLabel.reason(failure)),
                failure);
      } finally {
        composers.shutdownNow();
      }
    }
    return Optional.of(LatentShards.open(folder, recipe));
  }

  /** The first shard tells at once whether the folder is of the same recipe. */
  private void requireOurs(Path folder) {
    if (Files.exists(LatentShards.file(folder, 0))) {
      LatentShard.open(LatentShards.file(folder, 0), recipe, LatentShards.count(recipe, 0)).close();
    }
  }

  /** A picture ready to be encoded. */
  private static final class Prepared {
    final float[] planes;
    final int side;
    final List<TokenIds> captions;
    final int drawing;

    Prepared(float[] planes, int side, List<TokenIds> captions, int drawing) {
      this.planes = planes;
      this.side = side;
      this.captions = captions;
      this.drawing = drawing;
    }
  }

  private void make(Path folder, int shard, ExecutorService composers, IntConsumer listener) {
    int first = shard * LatentShards.IN_A_SHARD;
    int count = LatentShards.count(recipe, shard);
    List<byte[]> latents = new ArrayList<>();
    int[] tokens = new int[count * recipe.captions() * tokenizer.maxLength()];
    int[] drawings = new int[count];
    Shape latent = Shape.of();
    Deque<Future<List<Prepared>>> coming = new ArrayDeque<>();
    int asked = 0;
    int done = 0;
    listener.accept(first);
    while (done < count) {
      while (asked < count && coming.size() < AHEAD) {
        int from = first + asked;
        asked = Math.min(count, asked + TOGETHER);
        int to = first + asked;
        coming.add(composers.submit(() -> prepared(from, to)));
      }
      List<Prepared> batch = get(coming.remove());
      try (Scope _ = Scope.open()) {
        Tensor encoded = encode(batch);
        latents.add(encoded.to(DType.BFLOAT16).toBytes());
        latent = Shape.of(encoded.dim(1), encoded.dim(2), encoded.dim(3));
      }
      for (Prepared each : batch) {
        copyTokens(each.captions, tokens, done * recipe.captions() * tokenizer.maxLength());
        drawings[done++] = each.drawing;
      }
      listener.accept(first + done);
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled();
      }
    }
    LatentShard.write(
        LatentShards.file(folder, shard),
        recipe,
        new LatentShard.Values(
            Shape.of(count, latent.dim(0), latent.dim(1), latent.dim(2)), joined(latents)),
        LatentShard.Values.of(tokens, count, recipe.captions(), tokenizer.maxLength()),
        LatentShard.Values.of(drawings, count));
  }

  private List<Prepared> prepared(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::prepared).toList();
  }

  private Prepared prepared(int position) {
    CaptionedPicture picture = pictures.at(position);
    Image image = picture.image();
    if (image.width() != image.height() || image.width() % recipe.side() != 0) {
      throw new InvalidRequestException(
          "pictures of %dx%d cannot be shrunk to %dx%d by whole pixels; choose a side that divides theirs"
              .formatted(image.width(), image.height(), recipe.side(), recipe.side()));
    }
    if (picture.captions().size() != recipe.captions()) {
      throw new EngineException(
          "a picture has %d captions, and %d were to be stored"
              .formatted(picture.captions().size(), recipe.captions()));
    }
    return new Prepared(
        image.toPlanes(autoencoder.imageChannels()),
        image.width(),
        picture.captions().stream().map(tokenizer::truncated).toList(),
        picture.drawing().orElse(-1));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw cancelled();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new EngineException("a picture could not be composed", failure);
    }
  }

  private static CancellationException cancelled() {
    return new CancellationException("making latents was interrupted");
  }

  /** Latents, [pictures, channels, height, width]. */
  private Tensor encode(List<Prepared> prepared) {
    int channels = autoencoder.imageChannels();
    List<Tensor> pictures =
        prepared.stream()
            .map(each -> Tensor.of(each.planes, 1, channels, each.side, each.side))
            .toList();
    Tensor whole = Tensor.concat(pictures, 0);
    int shrunk = prepared.getFirst().side / recipe.side();
    Tensor encoded =
        autoencoder.encode(shrunk == 1 ? whole : Functional.averagePool(whole, shrunk));
    if (!encoded.isFinite()) {
      throw new InvalidRequestException(
          "the autoencoder gives latents that are infinite or not numbers; train it again");
    }
    return encoded;
  }

  private static void copyTokens(List<TokenIds> captions, int[] into, int at) {
    int start = at;
    for (TokenIds caption : captions) {
      System.arraycopy(caption.toArray(), 0, into, start, caption.size());
      start += caption.size();
    }
  }

  private static MemorySegment joined(List<byte[]> parts) {
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return MemorySegment.ofArray(all);
  }
}
