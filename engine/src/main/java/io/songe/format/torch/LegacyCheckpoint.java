package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.torch.PickleValue.Dictionary;
import io.songe.format.torch.PickleValue.Large;
import io.songe.format.torch.PickleValue.Sequence;
import io.songe.format.torch.PickleValue.Storage;
import io.songe.format.torch.PickleValue.Text;
import io.songe.format.torch.PickleValue.Truth;
import io.songe.format.torch.PickleValue.Whole;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * A checkpoint as PyTorch wrote it before version 1.6: five pickles, one after the other (a magic
 * number, the version of the format, the machine, the object, the keys of its storages), then each
 * storage with its number of elements before it.
 */
final class LegacyCheckpoint {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final MemorySegment file;
  private final FileLabel label;
  private final PickleInput in;

  private LegacyCheckpoint(MemorySegment file, FileLabel label) {
    this.file = file;
    this.label = label;
    this.in = new PickleInput(file, label);
  }

  /**
   * Reads a file that begins with a pickle.
   *
   * @throws BrokenFileException if it is no checkpoint, or a malformed one
   */
  static TorchCheckpoint read(MemorySegment file, FileLabel label) {
    return new LegacyCheckpoint(file, label).read();
  }

  private TorchCheckpoint read() {
    if (!(next().root() instanceof Large(BigInteger magic)) || !magic.equals(MAGIC)) {
      throw label.broken(
          "is a pickle, but not one that PyTorch wrote; nothing of it was run. Get the model's .safetensors files");
    }
    requireUnderstood(next().root(), next().root());
    PickleMachine.Pickle pickle = next();
    Map<String, StorageData> data = locate(next().root(), pickle.storages());
    return TensorNames.of(pickle.root(), storage -> find(data, storage), label);
  }

  private PickleMachine.Pickle next() {
    return PickleMachine.read(in, label);
  }

  private void requireUnderstood(PickleValue version, PickleValue machine) {
    if (!(version instanceof Whole(long number)) || number != VERSION) {
      throw damaged("is of a version that PyTorch never wrote");
    }
    if (!(machine instanceof Dictionary facts)
        || !(facts.entries().get("little_endian") instanceof Truth(boolean littleEndian))) {
      throw damaged("does not say in which byte order its numbers are");
    }
    if (!littleEndian) {
      throw label.broken(
          "says that its numbers are in byte order 'big', this version reads little; save it again on an ordinary computer");
    }
  }

  /** Behind the pickles, up to the end of the file. */
  private Map<String, StorageData> locate(PickleValue keys, Map<String, Storage> storages) {
    if (!(keys instanceof Sequence listed)) {
      throw damaged("has no list of its storages");
    }
    Map<String, StorageData> data = new HashMap<>();
    for (PickleValue key : listed.items()) {
      Storage storage = key instanceof Text(String text) ? storages.get(text) : null;
      if (storage == null || data.containsKey(storage.key())) {
        throw damaged("lists a storage twice, or one that no tensor uses");
      }
      if (in.signedLong() != storage.elements()) {
        throw damaged(
            "says two different lengths of the storage " + FileLabel.quote(storage.key()));
      }
      long start = in.position();
      long length = in.take(storage.elements(), storage.dtype().bytes());
      data.put(storage.key(), new StorageData(start, () -> file.asSlice(start, length)));
    }
    if (in.position() != file.byteSize()) {
      throw damaged("has %d bytes behind its storages".formatted(file.byteSize() - in.position()));
    }
    return data;
  }

  private StorageData find(Map<String, StorageData> data, Storage storage) {
    StorageData found = data.get(storage.key());
    if (found == null) {
      throw label.broken(
          "lacks the storage %s of its tensors; download it again"
              .formatted(FileLabel.quote(storage.key())));
    }
    return found;
  }

  private BrokenFileException damaged(String problem) {
    return label.broken(problem + "; it is damaged or forged, download it again");
  }
}
