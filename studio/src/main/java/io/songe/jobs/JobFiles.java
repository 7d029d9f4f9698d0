package io.songe.jobs;

import io.songe.image.Image;
import io.songe.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What belongs to a job and goes with it: frames, and pictures that are not kept elsewhere. */
final class JobFiles {
  private static final Logger LOG = Logger.getLogger(JobFiles.class.getName());

  private final Path folder;

  /**
   * The files of a queue.
   *
   * @param folder has a folder for each job that has files
   */
  JobFiles(Path folder) {
    this.folder = folder;
  }

  Path picture(String job, int image) {
    return folder.resolve(job).resolve("picture-" + image + ".png");
  }

  boolean hasPicture(String job, int image) {
    return Files.exists(picture(job, image));
  }

  private Path framePath(String job, int frame) {
    return folder.resolve(job).resolve("frame-" + frame + ".png");
  }

  Optional<Image> frame(String job, int frame) {
    return PngFile.read(framePath(job, frame)).map(Png::image);
  }

  void putFrame(String job, int frame, Image image) {
    PngFile.write(framePath(job, frame), new Png(image));
  }

  void putPicture(String job, int image, Png picture) {
    PngFile.write(picture(job, image), picture);
  }

  /** {@return how many frames are there without a gap} */
  int frames(String job) {
    int count = 0;
    while (Files.exists(framePath(job, count))) {
      count++;
    }
    return count;
  }

  /** Removes a job's files. */
  void remove(String job) {
    try {
      removeAll(folder.resolve(job));
    } catch (IOException failed) {
      // They are looked for again when the queue is opened.
      LOG.log(Level.WARNING, "the files of a job could not be removed", failed);
    }
  }

  /** Removes the files of jobs that are not there any more. */
  void removeAllBut(Collection<String> jobs) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Set<String> there = new HashSet<>(jobs);
    try (Stream<Path> folders = Files.list(folder)) {
      List<String> left =
          folders
              .map(path -> String.valueOf(path.getFileName()))
              .filter(job -> !there.contains(job))
              .toList();
      left.forEach(this::remove);
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "the files of past jobs could not be removed", failed);
    }
  }

  private static void removeAll(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
