package io.songe.cli;

import io.songe.data.Drawing;
import io.songe.error.EngineException;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.Material;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The judge that comes with Songe, trained on the corpus that {@code songe corpus build} makes, so
 * that the figures of different evaluations can be compared. It lies among the program's resources
 * and not in the library's, which others embed.
 */
final class BundledJudge {
  /** A part of a corpus's concepts: below this it is another kind of corpus. */
  private static final double ENOUGH = .9;

  private static final List<String> FILES = List.of("judge.json", "judge.safetensors");

  private BundledJudge() {}

  /**
   * The judge, if it knows what is drawn.
   *
   * @param material a corpus
   * @return the judge, to be closed; empty if it does not know nine in ten of the corpus's concepts
   */
  static Optional<Judge> forCorpus(Material material) {
    Judge judge = open();
    Set<String> concepts =
        material.drawings().stream().map(Drawing::concept).collect(Collectors.toSet());
    Set<String> known = Set.copyOf(judge.card().config().concepts());
    long common = concepts.stream().filter(known::contains).count();
    if (common >= ENOUGH * concepts.size()) {
      return Optional.of(judge);
    }
    judge.close();
    return Optional.empty();
  }

  /** Files in a jar cannot be mapped, and these are small. */
  private static Judge open() {
    try {
      Path folder = Files.createTempDirectory("songe-judge");
      try {
        for (String file : FILES) {
          copy(file, folder);
        }
        return Judge.open(folder);
      } finally {
        for (String file : FILES) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException failure) {
      throw new UnwritableException(
          "the judge that comes with Songe cannot be unpacked: " + failure.getMessage(), failure);
    }
  }

  private static void copy(String name, Path folder) throws IOException {
    try (InputStream in = BundledJudge.class.getResourceAsStream("judge/" + name)) {
      if (in == null) {
        throw new EngineException(name + " is missing from the program");
      }
      Files.copy(in, folder.resolve(name));
    }
  }
}
