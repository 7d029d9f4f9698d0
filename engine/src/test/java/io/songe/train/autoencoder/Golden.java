package io.songe.train.autoencoder;

import io.songe.format.SafetensorsFile;
import io.songe.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The numbers of tools/golden/autoencoder_training.py. */
final class Golden implements AutoCloseable {
  private final SafetensorsFile file;

  Golden() {
    try {
      file =
          SafetensorsFile.open(
              Path.of(
                  Objects.requireNonNull(
                          Golden.class.getResource("/golden/train/autoencoder.safetensors"))
                      .toURI()));
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  Tensor get(String name) {
    return file.get(name).toTensor();
  }

  @Override
  public void close() {
    file.close();
  }
}
