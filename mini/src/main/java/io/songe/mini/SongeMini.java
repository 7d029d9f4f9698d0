package io.songe.mini;

import io.songe.error.EngineException;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model that comes with Songe: small, bilingual, drawn from open emoji art. It is read where it
 * lies, in a jar or a folder, and never unpacked.
 */
public final class SongeMini {
  private static final String MODEL = "model/model_index.json";
  private static final String INDEX = "io/songe/mini/" + MODEL;

  private static @Nullable FileSystem jar;

  private SongeMini() {}

  /**
   * Opens the model, to compute in the type that suits this machine.
   *
   * @return the model, to be closed
   */
  public static TextToImage open() {
    return open(Precision.AUTO);
  }

  /**
   * Opens the model.
   *
   * @param precision in which the networks compute
   * @return the model, to be closed
   */
  public static TextToImage open(Precision precision) {
    return TextToImage.open(folder(), precision);
  }

  /** {@return the model's folder, perhaps inside a jar: use it with {@code java.nio.file} only} */
  public static Path folder() {
    URL index = SongeMini.class.getResource(MODEL);
    if (index == null) {
      throw new EngineException("the model is missing from the songe-mini artifact");
    }
    try {
      if (index.openConnection() instanceof JarURLConnection jar) {
        Path file = Path.of(jar.getJarFileURL().toURI());
        return folderOf(opened(file).getPath(jar.getEntryName()));
      }
      return folderOf(Path.of(index.toURI()));
    } catch (URISyntaxException | IOException unreadable) {
      throw new EngineException(
          "the songe-mini artifact at " + index + " cannot be read", unreadable);
    }
  }

  private static Path folderOf(Path index) {
    return Objects.requireNonNull(index.getParent(), "the index lies in a folder");
  }

  /**
   * The jar stays open, since paths into it were handed out. An interrupted thread that reads from
   * it closes its channel for everybody, as {@link java.nio.channels.FileChannel} does; then it is
   * opened anew.
   */
  private static synchronized FileSystem opened(Path file) throws IOException {
    FileSystem present = jar;
    if (present != null && present.isOpen() && canBeRead(present)) {
      return present;
    }
    FileSystem fresh = FileSystems.newFileSystem(file);
    jar = fresh;
    return fresh;
  }

  private static boolean canBeRead(FileSystem present) {
    try {
      return Files.readAllBytes(present.getPath(INDEX)).length > 0;
    } catch (IOException closed) {
      return false;
    }
  }
}
