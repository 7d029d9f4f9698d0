package io.songe.format;

import io.songe.format.torch.TorchCheckpoint;
import io.songe.format.torch.TorchTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedSet;

/**
 * An open checkpoint of PyTorch ({@code .ckpt}, {@code .pt}, {@code .pth}, {@code .bin}), in either
 * of the forms that {@code torch.save} has had. In Python the pickle in it is a program; here it is
 * read as data, by a machine that builds tensors and plain containers, knows a short list of names,
 * refuses any other by its name, and can run nothing.
 *
 * <p>Tensors are named by their path through the checkpoint's dictionaries; where it was saved in
 * training, with the weights in an entry {@code state_dict}, by their names there. The file is
 * mapped, and tensors that lie in it row by row cost no copy. Do not shorten it while it is open.
 */
public final class TorchFile implements TensorSource {
  private final OpenFile file;
  private final TorchCheckpoint checkpoint;

  private TorchFile(OpenFile file, TorchCheckpoint checkpoint) {
    this.file = file;
    this.checkpoint = checkpoint;
  }

  /**
   * Opens a checkpoint and reads its pickle.
   *
   * @param file a checkpoint, on disk or inside an archive's file system
   * @return the file, to be closed when nothing uses its tensors any more
   * @throws io.songe.error.BrokenFileException if it is missing, truncated, malformed or no
   *     checkpoint, or if its pickle names anything but tensors and plain containers
   */
  public static TorchFile open(Path file) {
    return OpenFile.open(file, TorchFile::of);
  }

  static TorchFile of(OpenFile file) {
    TorchCheckpoint checkpoint =
        WeightsKind.of(file.bytes()) == WeightsKind.ZIP
            ? TorchCheckpoint.readZip(file.bytes(), file.label())
            : TorchCheckpoint.readLegacy(file.bytes(), file.label());
    return new TorchFile(file, checkpoint);
  }

  @Override
  public SequencedSet<String> names() {
    return checkpoint.tensors().sequencedKeySet();
  }

  @Override
  public TensorInfo describe(String name) {
    TorchTensor tensor = file.find(checkpoint.tensors(), name);
    return new TensorInfo(name, tensor.dtype(), tensor.shape(), tensor.bytes());
  }

  @Override
  public StoredTensor get(String name) {
    TorchTensor tensor = file.find(checkpoint.tensors(), name);
    return new StoredTensor(name, tensor.dtype(), tensor.shape(), tensor.data().get());
  }

  /** {@return the texts and numbers beside the weights, such as {@code global_step}} */
  @Override
  public Map<String, String> metadata() {
    return checkpoint.metadata();
  }

  @Override
  public void close() {
    file.close();
  }
}
