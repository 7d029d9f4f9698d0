package io.songe.server;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs a script of {@code src/test/node} with Node.js, so that a server is spoken to by the clients
 * that people use. Their packages are put there with {@code npm ci --ignore-scripts}. Where they or
 * Node.js are missing, the test counts as skipped; with {@code SONGE_REQUIRE_CLIENTS=true} in the
 * environment it fails instead, so that a build that promises to run it does.
 */
public final class NodeClient {
  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
  private static final int OLDEST_NODE = 20;
  private static final long SECONDS = 90;

  private NodeClient() {}

  /**
   * Runs a script to its end.
   *
   * @param script its file name, such as {@code openai.mjs}
   * @param arguments that it reads from {@code process.argv}, such as the server's address
   * @return what it printed
   * @throws AssertionError if it ended with an error, with what it said; or if it is required and
   *     cannot be run
   */
  public static String run(String script, String... arguments) {
    requireInstalled();
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Output output = start(command);
    if (output.code() != 0) {
      fail("%s ended with %d:%n%s%n%s", script, output.code(), output.printed(), output.said());
    }
    return output.printed();
  }

  /** Fails where the clients are required and missing, and ends the test where they only miss. */
  static void requireInstalled() {
    require(Files.isDirectory(FOLDER.resolve("node_modules")), "the packages of " + FOLDER);
    require(nodeVersion() >= OLDEST_NODE, "Node.js " + OLDEST_NODE + " or later");
  }

  private static void require(boolean there, String what) {
    if (there) {
      return;
    }
    String message = what + " missing; run npm ci --ignore-scripts in studio/src/test/node";
    if ("true".equals(System.getenv("SONGE_REQUIRE_CLIENTS"))) {
      fail(message);
    }
    Assumptions.abort(message);
  }

  /** {@return the major version, 0 if there is none} */
  private static int nodeVersion() {
    try {
      Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(version.replaceFirst("^v(\\d+)\\.(?s:.*)$", "$1").strip());
    } catch (IOException | NumberFormatException missing) {
      return 0;
    }
  }

  private record Output(int code, String printed, String said) {}

  /** Into files, so that neither stream waits for the other to be read. */
  private static Output start(List<String> command) {
    try {
      Path printed = Files.createTempFile("songe-node", ".out");
      Path said = Files.createTempFile("songe-node", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        return new Output(
            ended ? process.exitValue() : -1, Files.readString(printed), Files.readString(said));
      } finally {
        Files.deleteIfExists(printed);
        Files.deleteIfExists(said);
      }
    } catch (IOException failure) {
      throw new AssertionError(command + " cannot be run", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command + " was interrupted", stopped);
    }
  }
}
