package io.songe.cli;

import io.songe.cli.messages.Messages;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.Terminal;
import io.songe.tensor.Backend;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code songe}, which hands everything over to the others. */
@Command(
    name = "songe",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "${bundle:label.command}",
    versionProvider = SongeVersion.class)
public final class Main implements Runnable {
  /** What the Java virtual machine puts in place of a byte that its locale cannot read. */
  private static final char UNREADABLE = '\uFFFD';

  /** The commands that need libtorch. */
  private static final Set<String> COMPUTING =
      Set.of(
          "imagine",
          "edit",
          "vary",
          "extend",
          "upscale",
          "again",
          "explain",
          "doctor",
          "studio",
          "serve",
          "rehearse",
          "train",
          "evaluate");

  private static final Set<String> HELP = Set.of("-h", "--help");

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    if (willCompute(arguments)) {
      loadBeside();
    }
    System.setProperty("java.awt.headless", "true"); // pictures are written to, never a screen
    Map<String, String> environment = System.getenv();
    Surroundings around =
        new Surroundings(
            System.out,
            System.err,
            Main::typedLine,
            () -> Terminal.ofStandardError(environment),
            Messages.of(environment, Locale.getDefault()),
            environment,
            Path.of(System.getProperty("user.home", "")),
            InstantSource.system());
    int code;
    try (Cancellation _ = Cancellation.ofThisThread()) {
      code = run(around, arguments);
    }
    System.exit(code);
  }

  /** A line of standard input; empty at its end. */
  private static String typedLine() {
    Scanner typed = new Scanner(System.in, Charset.defaultCharset());
    return typed.hasNextLine() ? typed.nextLine() : "";
  }

  private static boolean willCompute(String... arguments) {
    return arguments.length > 0
        && COMPUTING.contains(arguments[0])
        && Stream.of(arguments).noneMatch(HELP::contains);
  }

  /**
   * Begins to load libtorch, which takes as long as all that is done before it is needed. If that
   * fails, the thread that needs it hears of it; this one has nobody to tell.
   */
  private static void loadBeside() {
    Thread.ofPlatform()
        .daemon()
        .name("libtorch")
        .uncaughtExceptionHandler((_, _) -> {})
        .start(Backend::load);
  }

  /** The exit code of a command. */
  static int run(Surroundings around, String... arguments) {
    PrintWriter err = new PrintWriter(around.err(), true, around.err().charset());
    FailureReport failures = new FailureReport(around.messages());
    try {
      if (Stream.of(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
        err.println(around.messages().failed(around.messages().unreadableArguments()));
        return ExitCode.MISTAKE.number();
      }
      return commandLine(around)
          .setOut(new PrintWriter(around.out(), true, around.out().charset()))
          .setErr(err)
          .setParameterExceptionHandler(
              (mistake, _) -> failures.misunderstood(mistake, err).number())
          .setExecutionExceptionHandler((failure, _, _) -> failures.failed(failure, err).number())
          .execute(arguments);
    } catch (RuntimeException | Error outsideOfACommand) {
      return failures.failed(outsideOfACommand, err).number();
    }
  }

  /** The root command with all others. */
  static CommandLine commandLine(Surroundings around) {
    CommandLine models =
        new CommandLine(new ModelsCommand(around))
            .addSubcommand(named("list", new ModelsCommand(around)))
            .addSubcommand(new ModelsShowCommand(around))
            .addSubcommand(new ModelsAddCommand(around))
            .addSubcommand(new ModelsPullCommand(around))
            .addSubcommand(new ModelsVerifyCommand(around))
            .addSubcommand(new ModelsConvertCommand(around))
            .addSubcommand(new ModelsWhereCommand(around));
    CommandLine queue =
        new CommandLine(new QueueCommand(around))
            .addSubcommand(named("list", new QueueCommand(around)))
            .addSubcommand(named("pause", new QueuePauseCommand(around)))
            .addSubcommand(named("resume", new QueuePauseCommand(around)))
            .addSubcommand(named("cancel", new QueueJobCommand(around)))
            .addSubcommand(named("retry", new QueueJobCommand(around)))
            .addSubcommand(named("hold", new QueueJobCommand(around)))
            .addSubcommand(named("release", new QueueJobCommand(around)));
    CommandLine gallery =
        new CommandLine(new GalleryCommand())
            .addSubcommand(new GallerySearchCommand(around))
            .addSubcommand(new GalleryImportCommand(around))
            .addSubcommand(new GalleryRebuildCommand(around))
            .addSubcommand(new GalleryWhereCommand(around));
    CommandLine corpus =
        new CommandLine(new CorpusCommand())
            .addSubcommand(new CorpusBuildCommand(around))
            .addSubcommand(new CorpusShowCommand(around));
    CommandLine train =
        new CommandLine(new TrainCommand())
            .addSubcommand(new TrainTokenizerCommand(around))
            .addSubcommand(new TrainAutoencoderCommand(around))
            .addSubcommand(new TrainJudgeCommand(around))
            .addSubcommand(new TrainDiffusionCommand(around));
    CommandLine explain =
        new CommandLine(new ExplainCommand())
            .addSubcommand(new ExplainNoiseCommand(around))
            .addSubcommand(new ExplainStepsCommand(around))
            .addSubcommand(new ExplainAutoencoderCommand(around))
            .addSubcommand(new ExplainWordsCommand(around))
            .addSubcommand(new ExplainGuidanceCommand(around))
            .addSubcommand(new ExplainBetweenCommand(around));
    CommandLine songe =
        new CommandLine(new Main())
            .addSubcommand(new ImagineCommand(around))
            .addSubcommand(new EditCommand(around))
            .addSubcommand(new VaryCommand(around))
            .addSubcommand(new ExtendCommand(around))
            .addSubcommand(new UpscaleCommand(around))
            .addSubcommand(new AgainCommand(around))
            .addSubcommand(new InfoCommand(around))
            .addSubcommand(explain)
            .addSubcommand(models)
            .addSubcommand(new StudioCommand(around))
            .addSubcommand(new ServeCommand(around))
            .addSubcommand(queue)
            .addSubcommand(new RehearseCommand(around))
            .addSubcommand(gallery)
            .addSubcommand(corpus)
            .addSubcommand(train)
            .addSubcommand(new EvaluateCommand(around))
            .addSubcommand(new DoctorCommand(around))
            .addSubcommand(named("completion", new GenerateCompletion()))
            .setResourceBundle(around.messages().bundle())
            .setExpandAtFiles(false); // a phrase is never the name of a file to read
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(String.valueOf(code.number()), around.say(code.meaning()));
    }
    songe
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading(around.say(Text.EXIT_CODES))
        .exitCodeList(codes);
    return songe;
  }

  /** A command under another name than its own, by which its help is found among the messages. */
  private static CommandLine named(String name, Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().name(name);
    return line;
  }

  /** Without a command, says which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
