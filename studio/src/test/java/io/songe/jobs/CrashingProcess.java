package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.songe.pipeline.Recipe;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.slf4j.Logger;
import org.sqlite.SQLiteConfig;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts {@link Crashing} in processes of its own. Most of such a process's time would be the
 * loading of classes, so a first one that is not killed makes an archive of them, which halves it.
 */
final class CrashingProcess {
  /** The classes that the process needs, by one of each place. */
  private static final List<Class<?>> NEEDED =
      List.of(
          Crashing.class,
          JobQueue.class,
          Recipe.class,
          JsonMapper.class,
          JacksonException.class,
          JsonInclude.class,
          SQLiteConfig.class,
          Logger.class);

  private static final int WARM_UP = 20;

  private final String classPath;
  private final Path archive;

  /**
   * Prepares the archive.
   *
   * @param work an empty folder for it
   */
  CrashingProcess(Path work) throws IOException, InterruptedException {
    List<Path> places =
        NEEDED.stream()
            .map(
                type -> Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .distinct()
            .toList();
    List<Path> jars = new ArrayList<>();
    for (Path place : places) {
      jars.add(
          Files.isDirectory(place) ? packed(place, work.resolve(jars.size() + ".jar")) : place);
    }
    this.classPath =
        jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    this.archive = work.resolve("classes.jsa");
    Path folder = Files.createDirectory(work.resolve("warm-up"));
    Process process = start(folder, "-XX:ArchiveClassesAtExit=" + archive, "1", "" + WARM_UP);
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
  }

  /** Archives of classes are made of jars only. */
  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes.resolve("io/songe"))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) < 1 << 20) { // not the models
          out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, out);
        }
      }
    }
    return jar;
  }

  /** Starts a process that runs until it is killed; its first output says that it is at work. */
  Process start(Path folder, long seed) throws IOException {
    return start(
        folder,
        "-XX:SharedArchiveFile=" + archive,
        Long.toString(seed),
        Integer.toString(Integer.MAX_VALUE));
  }

  private Process start(Path folder, String archiving, String seed, String jobs)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            archiving,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Xlog:disable",
            "-cp",
            classPath,
            Crashing.class.getName(),
            folder.toString(),
            seed,
            jobs)
        .redirectError(ProcessBuilder.Redirect.to(folder.resolve("errors").toFile()))
        .start();
  }
}
