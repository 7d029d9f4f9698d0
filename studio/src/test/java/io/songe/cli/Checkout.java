package io.songe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a folder of its own, among stand-ins: a Maven that makes a jar and
 * writes down that it was called, JDKs that print how they were started, and a search path on which
 * nothing but a shell's usual tools is.
 */
final class Checkout {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "dirname",
          "readlink",
          "find",
          "head",
          "tail",
          "cat",
          "mkdir",
          "rmdir",
          "rm",
          "mv",
          "sleep",
          "sed");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /** What a run left: its exit code and what it printed. */
  record Outcome(int code, String out, String err) {}

  Checkout(Path folder) throws IOException {
    this.folder = folder;
    for (String tool : TOOLS) {
      write("bin/" + tool, "#!/bin/sh\nexec " + installed(tool) + " \"$@\"\n");
    }
    Path repository = Path.of("..").toAbsolutePath().normalize();
    copy(repository, "songe");
    copy(repository, "tools/find-jdk");
    write("engine/src/main/java/Some.java", "class Some {}");
    mavenThat("echo jar >studio/target/songe.jar");
    set("HOME", folder.resolve("home").toString());
    set("PATH", folder.resolve("bin").toString());
    set("SONGE_JDK_FOLDERS", folder.resolve("some jdks").toString());
    set("LANG", "C.UTF-8");
  }

  private static Path installed(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void copy(Path repository, String file) throws IOException {
    write(file, Files.readString(repository.resolve(file)));
  }

  /** A JDK whose {@code java} prints its arguments, and then three variables it was given. */
  Path jdk(String home, String version) throws IOException {
    write(home + "/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    write(home + "/bin/javac", "#!/bin/sh\n");
    write(
        home + "/bin/java",
        """
        #!/bin/sh
        echo "from %s"
        printf '<%%s>\\n' "$@"
        echo "OPENBLAS_NUM_THREADS=$OPENBLAS_NUM_THREADS"
        echo "OMP_WAIT_POLICY=$OMP_WAIT_POLICY"
        echo "LC_ALL=${LC_ALL-} SONGE_LOCALE=${SONGE_LOCALE-}"
        exit "${WANTED_CODE-0}"
        """
            .formatted(home));
    return folder.resolve(home);
  }

  /** A Maven that writes down its call and then runs a line of shell. */
  void mavenThat(String line) throws IOException {
    write("mvnw", "echo \"$JAVA_HOME\" >>maven-calls\nmkdir -p studio/target\n" + line + "\n");
  }

  List<String> mavenCalls() throws IOException {
    Path calls = folder.resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void link(String file, Path to) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.createSymbolicLink(folder.resolve(file), to);
  }

  /** Makes a file look as if it had last been changed at a time. */
  void age(String file, Instant changed) throws IOException {
    Files.setLastModifiedTime(folder.resolve(file), FileTime.from(changed));
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return finish(start("songe", arguments));
  }

  /** Starts a command, named as from the folder; the working directory is another. */
  Process start(String command, String... arguments) throws IOException {
    List<String> line =
        Stream.concat(Stream.of(folder.resolve(command).toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.resolve("..").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Outcome finish(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }
}
