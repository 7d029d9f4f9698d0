package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Png;
import io.songe.pipeline.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.FSDirectory;

/**
 * Stored pictures and their search. Safe for many threads. Whoever is not a picture's owner is
 * answered as if there were no such picture.
 */
public final class Gallery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gallery.class.getName());

  private final Clock clock;
  private final PictureTree tree;
  private final Thumbnails thumbnails;
  private final Pen pen;
  private final Catalogue catalogue;

  /** Of the latest picture: no two have the same, so that their order is settled. */
  private Instant latest = Instant.EPOCH;

  private Gallery(
      Clock clock, PictureTree tree, Thumbnails thumbnails, Pen pen, Catalogue catalogue) {
    this.clock = clock;
    this.tree = tree;
    this.thumbnails = thumbnails;
    this.pen = pen;
    this.catalogue = catalogue;
  }

  /**
   * Opens the gallery of a folder, and brings its index in step with the pictures; makes it anew if
   * it is missing, damaged or of another version.
   *
   * @param folder where it lies; made when it is missing
   * @param clock tells when pictures are added
   * @return the gallery
   * @throws InvalidRequestException if another process has it open
   * @throws io.songe.error.BrokenFileException if the folder cannot be used
   */
  public static Gallery open(Path folder, Clock clock) {
    return open(folder, clock, FSDirectory::open);
  }

  /**
   * As {@link #open(Path, Clock)}.
   *
   * @param disk where the index is written
   */
  static Gallery open(Path folder, Clock clock, Catalogue.Disk disk) {
    Path root = root(folder);
    PictureTree tree = new PictureTree(root);
    Pen pen = new Pen();
    try {
      Catalogue catalogue = pen.write(() -> Catalogue.open(root, tree, disk, Gallery::warn));
      return new Gallery(clock, tree, new Thumbnails(root.resolve("thumbnails")), pen, catalogue);
    } catch (RuntimeException failure) {
      pen.close();
      throw failure;
    }
  }

  private static Path root(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException failure) {
      throw FileLabel.ofFolder(folder)
          .broken(
              "cannot be used as a gallery: "
                  + FileLabel.reason(failure)
                  + "; choose another folder",
              failure);
    }
  }

  private static void warn(String problem) {
    LOG.log(System.Logger.Level.WARNING, problem);
  }

  /** {@return whether a picture's file is there, in the trash too} */
  public boolean has(String id) {
    return entry(id).isPresent();
  }

  /**
   * Adds a picture; its file is whole and on the disk when this returns. One whose id is there is
   * left as it is.
   *
   * @param id of {@code [a-z0-9-]}, at most 64
   * @param owner whose it is; 1 to 64 bytes
   * @param style that was asked for by name; may be empty
   * @param picture with the texts that say how it was made
   * @return the picture
   * @throws InvalidRequestException if the id or the owner cannot be one
   * @throws io.songe.error.BrokenFileException if it cannot be written; then nothing of it is left
   */
  public Picture add(String id, String owner, String style, Png picture) {
    PictureName.check(id);
    Optional<Entry> there = entry(id);
    return there.isPresent()
        ? there.get().picture()
        : add(id, owner, picture, Imprint.of(picture.image(), next(), style));
  }

  private Picture add(String id, String owner, Png picture, Imprint imprint) {
    Origin origin = Origin.asFarAsKnown(picture.texts());
    PictureName name = PictureName.of(id, origin);
    String day = imprint.created().atZone(clock.getZone()).toLocalDate().toString();
    Place place = new Place(false, owner, day, name);
    byte[] file = picture.withText(Imprint.KEYWORD, imprint.toJson()).encode();
    Entry entry = Entry.of(place, imprint, origin, Marks.NONE);
    return pen.write(() -> {
      Optional<Entry> meanwhile = entry(id);
      if (meanwhile.isPresent()) {
        return meanwhile.get().picture();
      }
      catalogue.add(place, file, entry);
      return entry.picture();
    });
  }

  /** {@return the time, later than that of any picture that was added before} */
  private synchronized Instant next() {
    Instant now = micros(clock.instant());
    latest = now.isAfter(latest) ? now : latest.plus(1, ChronoUnit.MICROS);
    return latest;
  }

  /** {@return a picture} */
  public Optional<Picture> find(String owner, String id) {
    return entry(owner, id).map(Entry::picture);
  }

  /** {@return its PNG file, as it was added} */
  public Optional<Path> file(String owner, String id) {
    return entry(owner, id).map(Entry::place).filter(tree::holds).map(tree::file);
  }

  /**
   * A small file of a picture, made when it is first asked for.
   *
   * @param owner whose picture
   * @param id the picture's
   * @param side its longer side: 128, 256 or 512 pixels, or fewer if the picture has fewer
   * @return a WebP file
   * @throws InvalidRequestException if the side is another
   */
  public Optional<Path> thumbnail(String owner, String id, int side) {
    return entry(owner, id)
        .map(Entry::place)
        .filter(tree::holds)
        .map(place -> thumbnails.of(place, side, () -> tree.read(place).image()));
  }

  /** {@return its texts, by keyword: how it was made; none if there is no such picture} */
  public Map<String, String> texts(String owner, String id) {
    Optional<Place> place = entry(owner, id).map(Entry::place).filter(tree::holds);
    if (place.isEmpty()) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>(tree.texts(place.get()));
    texts.remove(Imprint.KEYWORD);
    return texts;
  }

  /** {@return what was found} */
  public Search.Found search(Search search) {
    return fresh().look(view -> view.found(search));
  }

  /** {@return pictures like one, the most alike first, without itself} */
  public List<Picture> similar(String owner, String id, int most) {
    return entry(owner, id)
        .map(entry -> fresh().look(view -> view.similar(entry, most)))
        .orElse(List.of());
  }

  /**
   * Marks a picture, or takes the mark away.
   *
   * @return the picture now
   * @throws InvalidRequestException if there is no such picture
   */
  public Picture favourite(String owner, String id, boolean favourite) {
    return mark(owner, id, marks -> marks.withFavourite(favourite));
  }

  /**
   * Gives a picture 1 to 5 stars, or 0 for none.
   *
   * @return the picture now
   * @throws InvalidRequestException if there is no such picture, or not so many stars
   */
  public Picture rate(String owner, String id, int stars) {
    return mark(owner, id, marks -> marks.withStars(stars));
  }

  /**
   * Puts a picture into a collection, which is made by that, or takes it out.
   *
   * @return the picture now
   * @throws InvalidRequestException if there is no such picture, or no collection can be called so
   */
  public Picture collect(String owner, String id, String collection, boolean into) {
    return mark(owner, id, marks -> marks.withCollection(collection, into));
  }

  private Picture mark(String owner, String id, UnaryOperator<Marks> change) {
    return pen.write(() -> {
      Entry entry = existing(owner, id);
      return catalogue.mark(entry, change.apply(entry.marks())).picture();
    });
  }

  /**
   * Moves a picture to the trash.
   *
   * @return the picture now
   * @throws InvalidRequestException if there is no such picture
   */
  public Picture trash(String owner, String id) {
    return pen.write(() -> catalogue.move(existing(owner, id), true).picture());
  }

  /**
   * Takes a picture out of the trash again.
   *
   * @return the picture now
   * @throws InvalidRequestException if there is no such picture
   */
  public Picture restore(String owner, String id) {
    return pen.write(() -> catalogue.move(existing(owner, id), false).picture());
  }

  /**
   * What was removed for good.
   *
   * @param pictures how many
   * @param sources fingerprints of the pictures that those began with, and that none of the gallery
   *     began with, of whomever
   */
  public record Emptied(int pictures, Set<String> sources) {}

  /** Removes for good what has lain in the owner's trash. */
  public Emptied emptyTrash(String owner) {
    return pen.write(() -> {
      catalogue.refresh();
      List<Entry> trashed = catalogue.index().look(view -> view.trash(owner));
      Set<String> sources = new HashSet<>();
      for (Entry entry : trashed) {
        sources.addAll(sourcesIfReadable(entry));
      }
      for (Entry entry : trashed) {
        catalogue.delete(entry);
        thumbnails.delete(entry.place());
      }
      return new Emptied(trashed.size(), sources.isEmpty() ? sources : withoutNeeded(sources));
    });
  }

  /** Where a picture cannot be read that is left, it may need any of them. */
  private Set<String> withoutNeeded(Set<String> sources) {
    catalogue.refresh();
    Set<String> unneeded = new HashSet<>(sources);
    try {
      for (Entry entry : catalogue.index().look(IndexView::edited)) {
        sources(entry).forEach(unneeded::remove);
      }
      return unneeded;
    } catch (BrokenFileException unreadable) {
      warn("what pictures began with is kept, as one cannot be read: " + unreadable.getMessage());
      return Set.of();
    }
  }

  private List<String> sourcesIfReadable(Entry entry) {
    try {
      return sources(entry);
    } catch (BrokenFileException unreadable) {
      return List.of();
    }
  }

  /** {@return fingerprints of what a picture began with, if it was Songe that drew it} */
  private List<String> sources(Entry entry) {
    return entry.picture().edited()
        ? Recipe.of(tree.texts(entry.place())).map(Recipe::sources).orElse(List.of())
        : List.of();
  }

  /** {@return the owner's collections, each with the number of its pictures} */
  public Map<String, Integer> collections(String owner) {
    return search(Search.all(owner, 0, 0)).facets().getOrDefault("collection", Map.of());
  }

  /**
   * Adds a picture that was made elsewhere, with its texts.
   *
   * @param owner whose it is to be
   * @param file its name, for messages
   * @param bytes the whole file
   * @param created when it was made, as far as that is known; in the future counts as now
   * @return what became of it
   */
  public Imported importPicture(String owner, String file, byte[] bytes, Instant created) {
    fresh();
    return imported(owner, file, bytes, created);
  }

  private Imported imported(String owner, String file, byte[] bytes, Instant created) {
    try {
      Png picture = Importing.read(bytes);
      Imprint imprint = Importing.imprint(picture, created, next());
      Optional<Entry> there =
          catalogue.index().look(view -> view.findPixels(owner, imprint.pixels()));
      return there.isPresent()
          ? new Imported.Present(file, there.get().picture())
          : new Imported.Added(file, add(Importing.id(owner, imprint), owner, picture, imprint));
    } catch (BrokenFileException | InvalidRequestException unusable) {
      return new Imported.Refused(file, String.valueOf(unusable.getMessage()));
    }
  }

  /**
   * Adds all pictures in a folder and those below it that were made elsewhere; those that are there
   * already are left.
   *
   * @param owner whose they are to be
   * @param pictures a folder
   * @param told hears of each file
   * @throws InvalidRequestException if there is no such folder
   */
  public void importFolder(String owner, Path pictures, Consumer<Imported> told) {
    OwnerFolder.of(owner);
    fresh();
    for (Path file : Importing.files(pictures)) {
      String name = pictures.relativize(file).toString();
      try {
        Instant created = Files.getLastModifiedTime(file).toInstant();
        told.accept(imported(owner, name, Importing.bytes(file), created));
      } catch (IOException unreadable) {
        told.accept(new Imported.Refused(name, FileLabel.reason(unreadable)));
      }
    }
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Makes the index anew from the files alone.
   *
   * @return how many pictures it has
   */
  public int rebuild() {
    return pen.write(catalogue::rebuild);
  }

  /** {@return the index with all that was changed before this was called} */
  private PictureIndex fresh() {
    if (catalogue.index().isStale()) {
      pen.write(() -> {
        catalogue.refresh();
        return true;
      });
    }
    return catalogue.index();
  }

  private Optional<Entry> entry(String id) {
    return PictureName.isId(id) ? catalogue.index().find(id) : Optional.empty();
  }

  private Optional<Entry> entry(String owner, String id) {
    return entry(id).filter(entry -> entry.picture().owner().equals(owner));
  }

  private Entry existing(String owner, String id) {
    return entry(owner, id)
        .orElseThrow(() ->
            new InvalidRequestException(
                "there is no picture %s; it may have been removed".formatted(FileLabel.quote(id))));
  }

  @Override
  public void close() {
    if (pen.isOpen()) {
      pen.write(() -> {
        catalogue.close();
        return true;
      });
      pen.close();
    }
  }
}
