package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.explain.NoiseShare;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Glance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe explain noise}: shows what a network makes of more and more noise. */
@Command(name = "noise", sortOptions = false, abbreviateSynopsis = true)
final class ExplainNoiseCommand implements Callable<Integer> {
  private static final double[] SHARES = {0.1, 0.3, 0.5, 0.7, 0.9, 0.98};

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "explained")
  private List<String> words = List.of();

  @Option(
      names = "--picture",
      paramLabel = "${bundle:label.picture}",
      descriptionKey = "explain-picture")
  private @Nullable String picture;

  @Mixin private ExplainOptions options = new ExplainOptions();

  ExplainNoiseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = String.join(" ", words);
    Optional<Image> given =
        Optional.ofNullable(picture).map(file -> StartPicture.read(file, around).source().image());
    return new Explanation(around, options, phrase)
        .show("noise", given.isPresent() ? 0 : 1, easel -> figure(easel, given));
  }

  private Figure figure(Easel easel, Optional<Image> given) {
    GenerationRequest request = easel.request();
    Image clean =
        given
            .map(image -> Fit.CROP.apply(image, request.width(), request.height()))
            .orElseGet(() -> easel.draw(request));
    List<Panel> noisy = new ArrayList<>();
    List<Panel> believed = new ArrayList<>();
    noisy.add(new Panel(clean, around.say(Text.NO_NOISE)));
    believed.add(Panel.empty());
    for (double share : SHARES) {
      Glance glance = easel.songe().glance(request, clean, new NoiseShare(share).sigma());
      noisy.add(new Panel(glance.noisy(), around.say(Text.NOISE_SHARE, share)));
      believed.add(new Panel(glance.believed(), ""));
    }
    return new Figure(
        List.of(
            new Row(around.say(Text.NOISY_LEVELS, "" + easel.request().seed()), noisy),
            new Row(around.say(Text.BELIEVED_AT_ONCE), believed)));
  }
}
