package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.torch.PickleValue.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A checkpoint as PyTorch has written it since version 1.6: a zip archive with {@code top/data.pkl}
 * and {@code top/data/KEY} for each storage, where {@code top} is any name. PyTorch stores entries;
 * archives that were packed again by other programs may be deflated. Checksums of stored entries
 * are not compared, since that would mean to read the whole file, and PyTorch may leave them out.
 */
final class ZipCheckpoint {
  private static final int LARGEST_PICKLE = 64 << 20;
  private static final int CHUNK = 1 << 16;

  /** All that is unpacked of an archive is at most so much longer than the archive. */
  private static final long MOST_UNPACKED = 16;

  private static final long ALWAYS_UNPACKED = 1 << 20;

  private final MemorySegment file;
  private final FileLabel label;
  private final ZipDirectory directory;
  private final String top;

  private ZipCheckpoint(
      MemorySegment file, FileLabel label, ZipDirectory directory, String pickle) {
    this.file = file;
    this.label = label;
    this.directory = directory;
    this.top = pickle.substring(0, pickle.lastIndexOf('/') + 1);
  }

  /**
   * Reads an archive.
   *
   * @throws BrokenFileException if it is no checkpoint, or a malformed one
   */
  static TorchCheckpoint read(MemorySegment file, FileLabel label) {
    ZipDirectory directory = ZipDirectory.read(file, label);
    List<String> pickles =
        directory.entries().keySet().stream()
            .filter(name -> name.matches("[^/]+/data\\.pkl"))
            .toList();
    if (pickles.size() != 1) {
      throw label.broken(
          "is a zip archive without weights of PyTorch in it; if they are inside, unpack it first");
    }
    return new ZipCheckpoint(file, label, directory, pickles.getFirst()).read();
  }

  private TorchCheckpoint read() {
    if (directory.find(top + "constants.pkl").isPresent()) {
      throw label.broken(
          "is a TorchScript program and not just weights; get the model's .safetensors files");
    }
    requireOrdinary();
    ZipDirectory.Entry pickle = directory.entries().get(top + "data.pkl");
    if (pickle == null || pickle.size() > LARGEST_PICKLE) {
      throw label.broken("holds a pickle of more than %d bytes".formatted(LARGEST_PICKLE));
    }
    PickleInput in = new PickleInput(contents(pickle), label);
    PickleValue root = PickleMachine.read(in, label).root();
    if (in.position() != pickle.size()) {
      throw label.broken(
          "has %d bytes behind its pickle; it is damaged or forged, download it again"
              .formatted(pickle.size() - in.position()));
    }
    return TensorNames.of(root, this::storage, label);
  }

  private void requireOrdinary() {
    Optional<ZipDirectory.Entry> order = directory.find(top + "byteorder");
    if (order.isPresent() && order.get().size() < 100) {
      String text =
          new String(contents(order.get()).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
      if (!text.strip().equals("little")) {
        throw label.broken(
            "says that its numbers are in byte order %s, this version reads little; save it again on an ordinary computer"
                .formatted(FileLabel.quote(text)));
      }
    }
    long unpacked = 0;
    for (ZipDirectory.Entry entry : directory.entries().values()) {
      unpacked += entry.deflated() ? Math.min(entry.size(), Integer.MAX_VALUE) : 0;
    }
    if (unpacked > Math.max(ALWAYS_UNPACKED, MOST_UNPACKED * file.byteSize())) {
      throw label.broken(
          "would unpack to more than %d times its length, as no weights do; do not trust it"
              .formatted(MOST_UNPACKED));
    }
  }

  private StorageData storage(Storage storage) {
    ZipDirectory.Entry entry = directory.entries().get(top + "data/" + storage.key());
    if (entry == null) {
      throw label.broken(
          "lacks the storage %s of its tensors; download it again"
              .formatted(FileLabel.quote(storage.key())));
    }
    int width = storage.dtype().bytes();
    if (entry.size() % width != 0 || entry.size() / width != storage.elements()) {
      throw label.broken(
          "has a storage %s of %d bytes, which is not %d elements of %s; it is damaged or forged, download it again"
              .formatted(
                  FileLabel.quote(storage.key()),
                  entry.size(),
                  storage.elements(),
                  storage.dtype()));
    }
    return new StorageData(entry.start(), () -> contents(entry));
  }

  private MemorySegment contents(ZipDirectory.Entry entry) {
    MemorySegment packed = file.asSlice(entry.start(), entry.packed());
    return entry.deflated() ? inflated(entry, packed) : packed;
  }

  private MemorySegment inflated(ZipDirectory.Entry entry, MemorySegment packed) {
    if (entry.size() > Integer.MAX_VALUE - Long.BYTES) {
      throw label.broken(
          "holds %s compressed, which is too large for that; unpack the archive and pack it without compression"
              .formatted(FileLabel.quote(entry.name())));
    }
    byte[] unpacked = new byte[(int) entry.size()];
    try (Inflater inflater = new Inflater(true)) {
      CRC32 checksum = new CRC32();
      if (inflate(inflater, packed, unpacked)) {
        checksum.update(unpacked);
        if ((int) checksum.getValue() == entry.checksum()) {
          return MemorySegment.ofArray(unpacked).asReadOnly();
        }
      }
    } catch (DataFormatException malformed) {
      throw damaged(entry);
    }
    throw damaged(entry);
  }

  /** {@return whether the packed bytes gave exactly the unpacked ones} */
  private static boolean inflate(Inflater inflater, MemorySegment packed, byte[] unpacked)
      throws DataFormatException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, packed.byteSize())];
    long taken = 0;
    int given = 0;
    while (!inflater.finished()) {
      if (inflater.needsInput()) {
        int count = (int) Math.min(chunk.length, packed.byteSize() - taken);
        if (count == 0) {
          return false;
        }
        MemorySegment.copy(packed, ValueLayout.JAVA_BYTE, taken, chunk, 0, count);
        inflater.setInput(chunk, 0, count);
        taken += count;
      }
      int count = inflater.inflate(unpacked, given, unpacked.length - given);
      if (count == 0 && !inflater.needsInput() && !inflater.finished()) {
        return false;
      }
      given += count;
    }
    return given == unpacked.length;
  }

  private BrokenFileException damaged(ZipDirectory.Entry entry) {
    return label.broken(
        "holds %s compressed, and it does not unpack as its directory says; it is damaged, download it again"
            .formatted(FileLabel.quote(entry.name())));
  }
}
