package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.data.Corpus;
import io.songe.data.Groups;
import io.songe.drawing.Settings;
import io.songe.error.InvalidRequestException;
import io.songe.evaluate.Evaluation;
import io.songe.evaluate.EvaluationJson;
import io.songe.evaluate.EvaluationOptions;
import io.songe.evaluate.EvaluationPage;
import io.songe.evaluate.Figure;
import io.songe.evaluate.ModelArtist;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.Material;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe evaluate}: says how good a model is. */
@Command(name = "evaluate", sortOptions = false, abbreviateSynopsis = true)
final class EvaluateCommand implements Callable<Integer> {
  private static final String PAGE = "evaluation.html";
  private static final String NUMBERS = "evaluation.json";
  private static final int FEW_PROMPTS = 12;

  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.model}", descriptionKey = "evaluated")
  private String model = "";

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "${bundle:label.corpus}",
      descriptionKey = "corpus")
  private String corpus = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "${bundle:label.folder}",
      descriptionKey = "out")
  private String out = "";

  @Option(names = "--judge", paramLabel = "${bundle:label.folder}", descriptionKey = "judge")
  private @Nullable String judge;

  @Option(names = "--compare", paramLabel = "${bundle:label.file}", descriptionKey = "compare")
  private @Nullable String compare;

  @Option(names = "--prompts", paramLabel = "N", descriptionKey = "prompts")
  private @Nullable Integer prompts;

  @Option(names = "--groups", paramLabel = "${bundle:label.name},...", descriptionKey = "groups")
  private @Nullable String groups;

  @Option(names = "--smoke", descriptionKey = "smoke")
  private boolean smoke;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Integer steps;

  @Option(names = "--guidance", paramLabel = "X")
  private @Nullable String guidance;

  @Option(names = "--guidance-rescale", paramLabel = "X")
  private @Nullable String guidanceRescale;

  @Option(names = "--sampler", paramLabel = "${bundle:label.name}")
  private String sampler = "";

  @Option(names = "--schedule", paramLabel = "${bundle:label.name}")
  private String schedule = "";

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private String precision = Precision.AUTO.id();

  @Mixin private EngineOptions engine = new EngineOptions();

  EvaluateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path folder = UserPath.of(out, around);
    Path drawing = new Shelves(around).model(model);
    Precision computed = Precision.named(precision);
    EvaluationOptions options = options();
    ModelCard card = ModelCard.read(drawing);
    GenerationRequest draft = asked(DrawingRun.usual(card, options.seed()), card);
    Optional<EvaluationJson.Earlier> earlier =
        Optional.ofNullable(compare).map(file -> EvaluationJson.read(UserPath.of(file, around)));
    engine.prepare(around);
    makeFolder(folder);
    try (Corpus opened = Corpus.open(UserPath.of(corpus, around));
        ProgressBar bar =
            new ProgressBar(
                around.err(), around.terminal().get(), around.messages(), around.clock())) {
      options.groups().requireIn(opened.drawings());
      Material material = Material.of(opened);
      JudgeChoice choice = new JudgeChoice(around, bar, folder, smoke);
      try (Judge chosen = choice.of(Optional.ofNullable(judge), material);
          TextToImage songe = TextToImage.open(drawing, computed)) {
        GenerationRequest request =
            asked(songe.request("", options.seed()), songe.card()).withSteps(draft.steps());
        ModelArtist artist = new ModelArtist(songe, request);
        bar.begin(around.say(Text.JUDGING_CORPUS));
        Evaluation.Result result =
            Evaluation.run(
                artist.subject(),
                artist,
                material,
                chosen,
                options,
                progress -> {
                  if (progress.drawn() == 0) {
                    bar.begin(around.say(Text.EVALUATING), progress.total());
                  }
                  bar.step(progress.drawn());
                });
        write(result, earlier, folder);
        bar.end(around.say(Text.EVALUATED, folder.resolve(PAGE)));
        result.figures().forEach(this::print);
      }
    }
    return ExitCode.DONE.number();
  }

  private EvaluationOptions options() {
    EvaluationOptions usual =
        EvaluationOptions.usual().withGroups(groups == null ? Groups.all() : Groups.named(groups));
    if (prompts != null) {
      return usual.withPrompts(prompts);
    }
    return smoke ? usual.withPrompts(FEW_PROMPTS) : usual;
  }

  private GenerationRequest asked(GenerationRequest usual, ModelCard card) {
    return new Settings(
            "",
            1,
            Optional.ofNullable(steps),
            Optional.ofNullable(guidance)
                .map(text -> DecimalOption.parse("--guidance", text, around)),
            Optional.ofNullable(guidanceRescale)
                .map(text -> DecimalOption.parse("--guidance-rescale", text, around)),
            Optional.of(sampler),
            Optional.of(schedule),
            Optional.empty(),
            Optional.empty())
        .applyTo(usual, Prompt.of(""), card);
  }

  private void makeFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidRequestException(around.say(Text.OUT_IS_NO_FOLDER, out));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UnwritableException(
          around.say(Text.OUT_UNWRITABLE, out, String.valueOf(failure.getMessage())), failure);
    }
  }

  private static void write(
      Evaluation.Result result, Optional<EvaluationJson.Earlier> earlier, Path folder) {
    EvaluationJson.write(result, folder.resolve(NUMBERS));
    EvaluationPage.write(result, earlier, folder.resolve(PAGE));
  }

  /** A script reads the JSON; this is for the eye. */
  private void print(Figure figure) {
    String value = figure.value().isEmpty() ? "-" : figure.written(figure.value());
    around.print(
        "%-28s %10s %10s %10s"
            .formatted(
                figure.id(),
                value,
                figure.written(figure.real()),
                figure.written(figure.chance())));
  }
}
