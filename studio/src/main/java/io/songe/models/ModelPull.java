package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches a model from a hub into the models folder. What is fetched waits in a hidden folder until
 * all of it is there and is what the hub promised; only then does it get its name. An attempt that
 * ended early is gone on with, from its last byte, by the next one for the same commit.
 */
public final class ModelPull {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);

  private final Hub hub;
  private final ModelsFolder models;
  private final Duration pause;

  /**
   * A way from a hub to a folder.
   *
   * @param hub to be asked
   * @param models folder
   */
  public ModelPull(Hub hub, ModelsFolder models) {
    this(hub, models, FIRST_PAUSE);
  }

  ModelPull(Hub hub, ModelsFolder models, Duration pause) {
    this.hub = hub;
    this.models = models;
    this.pause = pause;
  }

  /**
   * What is wanted.
   *
   * @param id of the model
   * @param revision a branch, a tag or a commit, usually {@code main}
   * @param variant the precision preferred where there are several, such as {@code fp16}; empty for
   *     the whole one
   * @param file the one file wanted of a model that is a single file; empty for the only one
   * @param name under which it is kept
   */
  public record Wish(HubId id, String revision, String variant, String file, String name) {}

  /**
   * What would be fetched, so that its licence can be shown and agreed to before.
   *
   * @param wish what was asked for
   * @param model as the hub describes it
   * @param files that are needed to draw
   */
  public record Offer(Wish wish, HubModel model, List<HubFile> files) {
    /** An offer with its list copied. */
    public Offer {
      files = List.copyOf(files);
    }

    /** {@return how much would be fetched} */
    public long bytes() {
      return files.stream().mapToLong(HubFile::size).sum();
    }
  }

  /**
   * Asks the hub what it would give.
   *
   * @param wish what is wanted
   * @return the offer; nothing of it has been fetched
   * @throws InvalidRequestException if there is no such model, it is not given to who asks, or the
   *     name is taken
   * @throws HubUnavailableException if there is no answer
   */
  public Offer offer(Wish wish) {
    models.place(wish.name());
    HubModel model = hub.describe(wish.id(), wish.revision());
    List<HubFile> files =
        model.isFolder() && wish.file().isEmpty()
            ? NeededFiles.ofFolder(model, wish.variant())
            : List.of(NeededFiles.single(model, wish.file()));
    return new Offer(wish, model, files);
  }

  /**
   * Fetches what was offered, and records it.
   *
   * @param offer that was agreed to
   * @param listener hears how many bytes of all are there, on this thread
   * @return the model's record
   * @throws InvalidRequestException if the disk has too little room, or the name was taken
   *     meanwhile
   * @throws BrokenFileException if the hub gave other bytes than it promised, or something cannot
   *     be written
   * @throws HubUnavailableException if it broke off again and again; what came is kept
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; what came is
   *     kept
   */
  public ModelRecord fetch(Offer offer, Consumer<Received> listener) {
    HubModel model = offer.model();
    Path waiting =
        models
            .path()
            .resolve(ModelsFolder.DOWNLOADS)
            .resolve(model.id().owner() + "--" + model.id().name() + "@" + model.commit());
    try {
      Files.createDirectories(waiting);
      requireRoom(offer, waiting);
      long before = 0;
      for (HubFile file : offer.files()) {
        Path target = waiting.resolve(file.path());
        Path folder = target.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        long fetched = before;
        new Download(
                hub,
                model,
                file,
                target,
                pause,
                bytes -> listener.accept(new Received(file.path(), fetched + bytes, offer.bytes())))
            .run();
        before += file.size();
      }
      return settle(offer, waiting);
    } catch (IOException failure) {
      throw new BrokenFileException(
          "%s cannot be kept in the models folder: %s"
              .formatted(model.id(), ModelsFolder.reason(failure)),
          failure);
    }
  }

  /**
   * How far it is.
   *
   * @param file being fetched
   * @param bytes that are there, of all files
   * @param total of all files
   */
  public record Received(String file, long bytes, long total) {}

  private static void requireRoom(Offer offer, Path waiting) throws IOException {
    long needed = offer.bytes();
    for (HubFile file : offer.files()) {
      Path whole = waiting.resolve(file.path());
      Path part = waiting.resolve(file.path() + ".part");
      needed -= Files.exists(whole) ? Files.size(whole) : Files.exists(part) ? Files.size(part) : 0;
    }
    long free = Files.getFileStore(waiting).getUsableSpace();
    if (needed > free) {
      throw new InvalidRequestException(
          "%s needs %.1f GB and the disk of the models folder has %.1f GB left; free some space"
              .formatted(offer.model().id(), needed / 1e9, free / 1e9));
    }
  }

  private ModelRecord settle(Offer offer, Path waiting) throws IOException {
    String name = offer.wish().name();
    Path target = models.place(name);
    if (offer.model().isFolder() && offer.wish().file().isEmpty()) {
      removeOthers(offer, waiting);
      Files.move(waiting, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      HubFile only = offer.files().getFirst();
      Files.move(waiting.resolve(only.path()), target, StandardCopyOption.ATOMIC_MOVE);
      ModelsFolder.remove(waiting);
    }
    HubModel model = offer.model();
    return models.adopt(name, model.licence(), Optional.of(model.id() + "@" + model.commit()));
  }

  /** What an earlier attempt for another variant left behind is not part of the model. */
  private static void removeOthers(Offer offer, Path waiting) throws IOException {
    List<Path> wanted = offer.files().stream().map(file -> waiting.resolve(file.path())).toList();
    try (var files = Files.walk(waiting)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!wanted.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
