package io.songe.cli;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.explain.Difference;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.explain.LatentView;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.model.Autoencoder;
import io.songe.models.ModelShelf;
import io.songe.pipeline.Precision;
import io.songe.pipeline.edit.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe explain autoencoder}: shows what a model's autoencoder keeps of a picture. */
@Command(name = "autoencoder", sortOptions = false, abbreviateSynopsis = true)
final class ExplainAutoencoderCommand implements Callable<Integer> {
  private static final int PANEL = 192;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--model", paramLabel = "${bundle:label.model}", descriptionKey = "model")
  private String model = ModelShelf.BUNDLED;

  @Option(names = "--out", paramLabel = "${bundle:label.file}")
  private String out = "";

  ExplainAutoencoderCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Source source = StartPicture.read(picture, around).source();
    Path folder = new Shelves(around).model(model);
    ModelCard card = ModelCard.read(folder);
    FigureOutput output = FigureOutput.of(around, out, "autoencoder " + source.name());

    Figure figure;
    try (ProgressBar bar = output.bar()) {
      bar.begin(around.say(Text.OPENING, card.name()));
      try (Checkpoint opened = Checkpoint.open(folder, Precision.AUTO.dtype())) {
        Image fitted = Fit.CROP.apply(source.image(), card.side(), card.side());
        figure = figure(fitted, opened.autoencoder());
      }
    }
    output.write(figure);
    return ExitCode.DONE.number();
  }

  private Figure figure(Image image, Autoencoder autoencoder) {
    LatentView latent = LatentView.of(autoencoder, image);
    Difference difference = Difference.between(image, latent.restored());
    int numbers = autoencoder.imageChannels() * image.width() * image.height();
    List<Panel> pictures =
        List.of(
            new Panel(image, around.say(Text.PICTURE_OF_NUMBERS, numbers)),
            new Panel(latent.restored(), around.say(Text.RESTORED, latent.numbers())),
            new Panel(difference.picture(), around.say(Text.DIFFERENCE, Difference.STRENGTH)));
    List<Panel> planes =
        latent.planes().stream()
            .map(plane ->
                new Panel(plane, around.say(Text.LATENT_PLANE, plane.width(), plane.height())))
            .toList();
    return new Figure(
        List.of(
            new Row(around.say(Text.THROUGH_AUTOENCODER, difference.psnr()), pictures),
            new Row(around.say(Text.LATENT, planes.size()), planes)),
        PANEL);
  }
}
