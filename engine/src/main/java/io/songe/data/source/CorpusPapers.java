package io.songe.data.source;

import io.songe.data.Corpus;
import io.songe.data.CorpusDescription;
import io.songe.data.Drawing;
import io.songe.data.Skipped;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies beside the shards for people: {@code DATA_CARD.md}, which accounts for every picture,
 * and {@code skipped.tsv}, which names what was left out and why.
 */
final class CorpusPapers {
  static final String CARD = "DATA_CARD.md";
  static final String SKIPPED = "skipped.tsv";

  private CorpusPapers() {}

  /** Writes both. */
  static void write(Path folder, List<StylePackage> credits, NpmPackage captions) {
    try (Corpus corpus = Corpus.open(folder)) {
      write(folder.resolve(CARD), card(corpus, credits, captions));
      write(folder.resolve(SKIPPED), skipped(corpus.description()));
    }
  }

  private static void write(Path file, String text) {
    try {
      AtomicFile.write(
          file,
          channel ->
              Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failure) {
      throw FileLabel.of(file)
          .broken(
              "could not be written (%s); free some space".formatted(FileLabel.reason(failure)),
              failure);
    }
  }

  private static String skipped(CorpusDescription description) {
    String lines =
        Stream.concat(
                description.skipped().stream(),
                description.shards().stream().flatMap(shard -> shard.skipped().stream()))
            .sorted(Comparator.comparing(Skipped::what))
            .map(one -> tabless(one.what()) + "\t" + tabless(one.why()) + "\n")
            .collect(Collectors.joining());
    return "what\twhy\n" + lines;
  }

  private static String tabless(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String card(Corpus corpus, List<StylePackage> credits, NpmPackage captions) {
    StringBuilder card = new StringBuilder("# Data card\n\n");
    card.append(
        "%d drawings of %d concepts in %d styles, %dx%d pixels with coverage. Content: `%s`.%n%n"
            .formatted(
                corpus.drawings().size(),
                corpus.drawings().stream().map(Drawing::concept).distinct().count(),
                corpus.drawings().stream().map(Drawing::style).distinct().count(),
                corpus.side(),
                corpus.side(),
                corpus.sha256())
            .replace("\r\n", "\n"));
    if (!credits.isEmpty()) {
      credits(card, corpus, credits, captions);
    }
    table(card, "Licence", count(corpus, Drawing::licence));
    table(card, "Style", count(corpus, Drawing::style));
    table(card, "Group", count(corpus, Drawing::group));
    card.append("## Settings\n\n");
    corpus
        .description()
        .settings()
        .forEach((name, value) -> card.append("- %s: `%s`\n".formatted(name, value)));
    return card.toString();
  }

  private static void credits(
      StringBuilder card, Corpus corpus, List<StylePackage> credits, NpmPackage captions) {
    Map<String, Long> counts = count(corpus, Drawing::style);
    card.append("## Who made the drawings\n\n")
        .append("| style | work and author | licence | package | drawings |\n")
        .append("|---|---|---|---|---|\n");
    for (StylePackage credit : credits) {
      card.append(
          "| %s | [%s](%s) | %s | `%s` | %d |\n"
              .formatted(
                  credit.style(),
                  credit.npm().author(),
                  credit.npm().home(),
                  credit.npm().licence(),
                  credit.npm().coordinates(),
                  counts.getOrDefault(credit.style(), 0L)));
    }
    card.append(
        "\nNames and keywords: [%s](%s), %s, package `%s`.\n\n"
            .formatted(
                captions.author(), captions.home(), captions.licence(), captions.coordinates()));
    card.append(
        "The drawings were rendered to pixels at another size and are otherwise unchanged. What a"
            + " licence asks of those who pass them on holds for this folder.\n\n");
  }

  private static Map<String, Long> count(Corpus corpus, Function<Drawing, String> property) {
    return corpus.drawings().stream()
        .collect(Collectors.groupingBy(property, TreeMap::new, Collectors.counting()));
  }

  private static void table(StringBuilder card, String name, Map<String, Long> counts) {
    card.append(
        "## %s\n\n| %s | drawings |\n|---|---|\n".formatted(name, name.toLowerCase(Locale.ROOT)));
    counts.forEach((value, count) ->
        card.append(
            "| %s | %d |\n"
                .formatted(value.isEmpty() ? "(unknown)" : value.replace("|", "\\|"), count)));
    card.append('\n');
  }
}
