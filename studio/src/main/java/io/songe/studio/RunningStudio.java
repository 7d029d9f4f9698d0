package io.songe.studio;

import io.songe.error.BrokenFileException;
import io.songe.file.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the studio of a folder can be spoken to, written into the folder while it runs, for the
 * commands of the same user.
 *
 * @param address of its server, as this machine reaches it
 * @param key a token that is good as long as the studio runs; empty if none is needed
 */
public record RunningStudio(URI address, String key) {
  private static final String FILE = "running.json";

  /**
   * {@return the studio that uses a folder now, if it has a server}
   *
   * @param folder of the studio
   */
  public static Optional<RunningStudio> of(Path folder) {
    return FolderLock.holder(folder);
  }

  /** {@return what is written in a folder, if that is whole; it may be of a studio that is gone} */
  static Optional<RunningStudio> find(Path folder) {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve(FILE)));
      URI address = URI.create(json.path("address").asString());
      return address.isAbsolute() && json.path("key").isString()
          ? Optional.of(new RunningStudio(address, json.path("key").asString()))
          : Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  /** Only the user may read it, from the first byte on, and nobody sees half of it. */
  void write(Path folder) {
    byte[] json =
        JsonMapper.shared()
            .writeValueAsBytes(
                JsonMapper.shared()
                    .createObjectNode()
                    .put("address", address.toString())
                    .put("key", key));
    Path file = folder.resolve(FILE);
    try {
      AtomicFile.write(file, AtomicFile.Content.of(json), forItsUser(folder));
    } catch (IOException denied) {
      throw new BrokenFileException(file + " cannot be written: " + denied.getMessage(), denied);
    }
  }

  private static FileAttribute<?>[] forItsUser(Path folder) throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  static void forget(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException left) {
      // It says nothing any more, since nobody holds the lock.
    }
  }
}
