package io.songe.models;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;

/** A model's folder published on a hub on this machine, as {@code some/model}. */
public final class PublishedModel implements AutoCloseable {
  private final FakeHub hub;

  private PublishedModel(FakeHub hub) {
    this.hub = hub;
  }

  /** Publishes all files of a folder. */
  public static PublishedModel of(Path folder) throws IOException {
    FakeHub hub = new FakeHub();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        hub.with(path, Files.readAllBytes(file));
      }
    }
    return new PublishedModel(hub);
  }

  /** {@return where it is published} */
  public URI address() {
    return hub.address();
  }

  /** From now on every large file ends at once. */
  public void breakingOff() {
    hub.breakingOffAfter(Collections.nCopies(100, 0).toArray(Integer[]::new));
  }

  /** Files are whole again. */
  public void wellAgain() {
    hub.notBreakingOff();
  }

  @Override
  public void close() {
    hub.close();
  }
}
