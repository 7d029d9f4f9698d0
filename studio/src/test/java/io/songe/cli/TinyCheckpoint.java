package io.songe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A tiny Stable Diffusion 1 of the engine's tests, written by {@code tools/golden/single_files.py}:
 * {@code model.safetensors} with {@code model.tokenizer/} beside it, and the same as {@code
 * folder/}.
 */
public final class TinyCheckpoint {
  private static final Path ZIP =
      Path.of("../engine/src/test/resources/golden/original/tiny-sd1.zip");

  private TinyCheckpoint() {}

  /** Puts the files into a folder that is there. */
  public static void unpackInto(Path target) throws IOException {
    try (InputStream in = Files.newInputStream(ZIP);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
    Files.delete(target.resolve("golden.safetensors"));
  }
}
