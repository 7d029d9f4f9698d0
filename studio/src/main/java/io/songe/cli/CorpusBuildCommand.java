package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.data.CorpusDescription;
import io.songe.data.Language;
import io.songe.data.Skipped;
import io.songe.data.source.CorpusBuild;
import io.songe.data.source.EmojiPackages;
import io.songe.data.source.Framing;
import io.songe.data.source.Manifest;
import io.songe.data.source.NpmPackage;
import io.songe.data.source.Originals;
import io.songe.data.source.OwnPictures;
import io.songe.data.source.ShapeDrawings;
import io.songe.data.source.Tier;
import io.songe.error.InvalidRequestException;
import io.songe.models.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe corpus build}: makes a corpus of open packages, or of a folder of pictures. */
@Command(name = "build", sortOptions = false)
final class CorpusBuildCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Option(names = "--size", paramLabel = "${bundle:label.number}")
  private int size = 256;

  @Option(names = "--from", paramLabel = "${bundle:label.folder}")
  private @Nullable String from;

  @Option(names = "--language", paramLabel = "en|fr")
  private @Nullable String language;

  @Option(names = "--fit", paramLabel = "margin|pad|crop")
  private @Nullable String fit;

  @Option(names = "--tier", paramLabel = "permissive|attribution|share-alike")
  private @Nullable String tier;

  @Option(names = "--packages", paramLabel = "${bundle:label.folder}")
  private @Nullable String packages;

  @Option(names = "--shapes", paramLabel = "${bundle:label.number}")
  private @Nullable Integer shapes;

  CorpusBuildCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    requireOneSource();
    Framing framing = fit == null ? usualFraming() : Framing.of(fit);
    CorpusBuild build = new CorpusBuild(size, framing);
    Path folder = UserPath.of(corpus, around);
    try (ProgressBar bar =
        new ProgressBar(around.err(), around.terminal().get(), around.messages(), around.clock())) {
      Originals originals = originals(bar);
      bar.begin(around.say(Text.RENDERING), originals.drawings().size());
      CorpusDescription built = build.run(originals, folder, (done, _) -> bar.step(done));
      bar.end(around.say(Text.CORPUS_BUILT, built.drawings(), built.side(), folder));
      tellSkipped(built);
    }
    return ExitCode.DONE.number();
  }

  private void requireOneSource() {
    boolean several = from != null && shapes != null;
    boolean packageOptions = tier != null || packages != null;
    if (several || (packageOptions && (from != null || shapes != null))) {
      throw new InvalidRequestException(around.say(Text.ONE_SOURCE));
    }
    if (language != null && from == null) {
      throw new InvalidRequestException(around.say(Text.LANGUAGE_WITHOUT_FOLDER));
    }
  }

  private Framing usualFraming() {
    return from == null ? Framing.MARGIN : Framing.PAD;
  }

  private Originals originals(ProgressBar bar) {
    if (shapes != null) {
      return ShapeDrawings.of(shapes);
    }
    if (from != null) {
      bar.begin(around.say(Text.LOOKING_FOR_PICTURES));
      return OwnPictures.read(UserPath.of(from, around), captionLanguage());
    }
    Tier most = tier == null ? Tier.ATTRIBUTION : Tier.of(tier);
    Manifest manifest = Manifest.bundled();
    Path folder = packages(manifest.needed(most), bar);
    bar.begin(around.say(Text.READING_PACKAGES));
    return EmojiPackages.read(folder, manifest, most);
  }

  private Language captionLanguage() {
    String code = language == null ? Language.ENGLISH.code() : language;
    return Stream.of(Language.values())
        .filter(one -> one.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new InvalidRequestException(around.say(Text.NO_LANGUAGE, code)));
  }

  /** The folder with all tarballs; those that somebody else fetched are not touched. */
  private Path packages(Manifest needed, ProgressBar bar) {
    if (packages != null) {
      return UserPath.of(packages, around);
    }
    Path folder =
        new DataFolder(around.environment(), around.home(), System.getProperty("os.name", ""))
            .named("packages", "SONGE_PACKAGES");
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UnwritableException(
          around.say(Text.PACKAGE_UNWRITABLE, folder, String.valueOf(failure.getMessage())),
          failure);
    }
    var fetch =
        new PackageFetch(
            around.environment().getOrDefault("SONGE_NPM", PackageFetch.usualProgram()),
            folder,
            around);
    List<NpmPackage> missing = needed.packages().stream().filter(one -> !fetch.has(one)).toList();
    if (!missing.isEmpty()) {
      bar.begin(around.say(Text.FETCHING_PACKAGES), missing.size());
      for (int i = 0; i < missing.size(); i++) {
        fetch.fetch(missing.get(i));
        bar.step(i + 1);
      }
    }
    return folder;
  }

  private void tellSkipped(CorpusDescription built) {
    List<Skipped> skipped =
        Stream.concat(
                built.skipped().stream(),
                built.shards().stream().flatMap(shard -> shard.skipped().stream()))
            .toList();
    if (!skipped.isEmpty()) {
      Skipped first = skipped.getFirst();
      around
          .err()
          .println(
              around.say(
                  Text.SKIPPED,
                  skipped.size(),
                  Printable.line(first.what()),
                  Printable.line(first.why())));
    }
  }
}
