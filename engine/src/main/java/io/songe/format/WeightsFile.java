package io.songe.format;

import io.songe.tensor.DType;
import java.nio.file.Path;

/**
 * The one door to files with weights. What a file is is told by how it begins and never by its
 * name: published files are misnamed, and a name is the part of a file that costs an attacker
 * nothing.
 */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Opens a file of any form that is known: safetensors, a checkpoint of PyTorch, GGUF. Quantised
   * tensors are given as FLOAT32.
   *
   * @param file on disk or inside an archive's file system
   * @return its tensors, to be closed when nothing uses them any more
   * @throws io.songe.error.BrokenFileException if it is missing or malformed, or is something else,
   *     such as a web page; the message says what
   */
  public static TensorSource open(Path file) {
    return open(file, DType.FLOAT32);
  }

  /**
   * Opens a file of any form that is known, and says as what quantised tensors are given.
   *
   * @param file on disk or inside an archive's file system
   * @param dequantised FLOAT32, or BFLOAT16 for half the memory while a network is built; tensors
   *     that are not quantised keep their type
   * @return its tensors, to be closed when nothing uses them any more
   * @throws io.songe.error.BrokenFileException as {@link #open(Path)}
   */
  public static TensorSource open(Path file, DType dequantised) {
    return OpenFile.open(
        file,
        opened ->
            switch (WeightsKind.of(opened.bytes())) {
              case SAFETENSORS -> SafetensorsFile.of(opened);
              case ZIP, PICKLE -> TorchFile.of(opened);
              case GGUF -> GgufFile.of(opened, dequantised);
              case OTHER -> throw StrangeFile.refused(opened);
            });
  }
}
