package io.songe.studio;

import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  static Optional<RunningStudio> find(Path folder) {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve(FILE)));
      return Optional.of(
          new RunningStudio(
              URI.create(json.path("address").asString()), json.path("key").asString()));
    } catch (IOException | JacksonException | IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  /** Only the user may read it, from the first byte on. */
  void write(Path folder) {
    String json =
        JsonMapper.shared()
            .writeValueAsString(
                JsonMapper.shared()
                    .createObjectNode()
                    .put("address", address.toString())
                    .put("key", key));
    Path file = folder.resolve(FILE);
    try {
      Files.deleteIfExists(file);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(
          file, json, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException denied) {
      throw new BrokenFileException(file + " cannot be written: " + denied.getMessage(), denied);
    }
  }

  static void forget(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException left) {
      // It says nothing any more, since nobody holds the lock.
    }
  }
}
