package io.songe.mini;

import io.songe.error.EngineException;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The model that comes with Songe: small, bilingual, drawn from open emoji art. It is read where it
 * lies, in a jar or a folder, and never unpacked.
 */
public final class SongeMini {
  private static final String MODEL = "model/model_index.json";

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
      URI uri = index.toURI();
      if (uri.getScheme().equals("jar")) {
        return folderOf(jar(uri).provider().getPath(uri));
      }
      return folderOf(Path.of(uri));
    } catch (URISyntaxException | IOException unreadable) {
      throw new EngineException(
          "the songe-mini artifact at " + index + " cannot be read", unreadable);
    }
  }

  private static Path folderOf(Path index) {
    return Objects.requireNonNull(index.getParent(), "the index lies in a folder");
  }

  /** The jar stays open: others may have asked for it too. */
  private static synchronized FileSystem jar(URI uri) throws IOException {
    try {
      return FileSystems.newFileSystem(uri, Map.of());
    } catch (FileSystemAlreadyExistsException opened) {
      return FileSystems.getFileSystem(uri);
    }
  }
}
