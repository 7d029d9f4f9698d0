package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.source.NpmPackage;
import io.songe.data.source.Tarball;
import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Fetches pinned packages with the ordinary package client, {@code npm pack}, so that registry,
 * proxy and access are whatever the user has set up for it. A tarball is kept under its name only
 * once its checksum is right.
 *
 * @param program the client's name, or another's that takes the same arguments
 * @param folder for tarballs
 * @param around what is around the command
 */
record PackageFetch(String program, Path folder, Surroundings around) {
  private static final int MOST_LINES = 3;

  /** {@return the name of the client on this system} */
  static String usualProgram() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("windows") ? "npm.cmd" : "npm";
  }

  /** {@return whether the package is there and whole; one that is not whole is deleted} */
  boolean has(NpmPackage wanted) {
    Path file = folder.resolve(wanted.tarball());
    if (!Files.exists(file)) {
      return false;
    }
    if (Tarball.isIntact(file, wanted)) {
      return true;
    }
    around.err().println(around.say(Text.PACKAGE_BROKEN, wanted.tarball()));
    delete(file);
    return false;
  }

  /** Fetches a package. */
  void fetch(NpmPackage wanted) {
    Path arriving = folder.resolve("arriving");
    Path file = arriving.resolve(wanted.tarball());
    try {
      Files.createDirectories(arriving);
      run(wanted, arriving);
      if (!Files.exists(file) || !Tarball.isIntact(file, wanted)) {
        throw new BrokenFileException(
            around.say(Text.PACKAGE_DIFFERS, wanted.coordinates(), wanted.integrity()));
      }
      Files.move(file, folder.resolve(wanted.tarball()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UnwritableException(
          around.say(Text.PACKAGE_UNWRITABLE, folder, String.valueOf(failure.getMessage())),
          failure);
    } finally {
      delete(file);
      delete(arriving);
    }
  }

  private void run(NpmPackage wanted, Path target) throws IOException {
    Path complaints = target.resolve("complaints.txt");
    Process npm;
    try {
      npm =
          new ProcessBuilder(
                  List.of(
                      program,
                      "pack",
                      "--silent",
                      "--pack-destination",
                      target.toAbsolutePath().toString(),
                      wanted.coordinates()))
              .directory(target.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(complaints.toFile())
              .start();
    } catch (IOException noSuchProgram) {
      delete(complaints);
      throw new BrokenFileException(around.say(Text.NO_PACKAGE_CLIENT, program), noSuchProgram);
    }
    try {
      npm.getOutputStream().close();
      int code = npm.waitFor();
      if (code != 0) {
        throw new BrokenFileException(
            around.say(Text.PACKAGE_UNREACHABLE, wanted.coordinates(), code, said(complaints)));
      }
    } catch (InterruptedException cancelled) {
      npm.destroy();
      throw new CancellationException("fetching was cancelled");
    } finally {
      delete(complaints);
    }
  }

  private static String said(Path complaints) throws IOException {
    return new String(Files.readAllBytes(complaints), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .limit(MOST_LINES)
        .collect(Collectors.joining("; "));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // It is in nobody's way, and is replaced by the next attempt.
    }
  }
}
