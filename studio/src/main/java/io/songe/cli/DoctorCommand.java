package io.songe.cli;

import com.sun.management.OperatingSystemMXBean;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelSummary;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.PreviewStyle;
import io.songe.cli.terminal.Terminal;
import io.songe.mini.SongeMini;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Version;
import io.songe.tensor.Backend;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code songe doctor}: what this machine has, and whether Songe works on it. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
  private static final double MEBI = 1 << 20;

  /** The instructions that make a difference to libtorch. */
  private static final List<String> FEATURES =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16", "amx_int8");

  private final Surroundings around;
  private int faults;

  @Mixin private EngineOptions engine = new EngineOptions();

  DoctorCommand(Surroundings around) {
    this.around = around;
  }

  /** Something that may turn out to be wrong: what it finds, or an exception that says why not. */
  @FunctionalInterface
  private interface Examination {
    String finding();
  }

  @Override
  public Integer call() {
    engine.prepare(around);
    machine();
    show(Text.LABEL_TERMINAL, terminal(around.terminal().get().asked()));
    show(Text.LABEL_MODELS_FOLDER, around.models().folder().toString());
    examine(Text.LABEL_LIBTORCH, DoctorCommand::library);
    examine(Text.LABEL_MODEL, this::bundledModel);
    examine(Text.LABEL_SELF_TEST, () -> new SelfTest(around).run());
    around.print(faults == 0 ? around.say(Text.HEALTHY) : around.say(Text.FAULTS, faults));
    return (faults == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED).number();
  }

  private void machine() {
    show(Text.LABEL_SOFTWARE, Version.software());
    show(Text.LABEL_SYSTEM, properties("os.name", "os.version", "os.arch"));
    show(Text.LABEL_JAVA, properties("java.vm.vendor", "java.runtime.version", "java.home"));
    show(
        Text.LABEL_PROCESSOR,
        around.say(
            Text.PROCESSOR,
            orUnknown(Backend.cpuName()),
            Runtime.getRuntime().availableProcessors(),
            orUnknown(features())));
    show(Text.LABEL_THREADS, String.valueOf(Backend.threads()));
    show(Text.LABEL_MEMORY, memory());
    show(Text.LABEL_PRECISION, Precision.AUTO.resolved().id());
    show(Text.LABEL_LANGUAGE, around.messages().locale() + ", " + around.out().charset());
  }

  private static String properties(String... names) {
    return Stream.of(names).map(System::getProperty).collect(Collectors.joining(", "));
  }

  private String orUnknown(String text) {
    return text.isEmpty() ? around.say(Text.UNKNOWN) : text;
  }

  private static String features() {
    List<String> present = List.of(Backend.cpuFeatures().split(" "));
    return FEATURES.stream().filter(present::contains).collect(Collectors.joining(" "));
  }

  private String memory() {
    long all =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return around.say(Text.MEMORY, all / MEBI, Runtime.getRuntime().maxMemory() / MEBI);
  }

  private String terminal(Terminal terminal) {
    String pictures =
        terminal.previews().stream()
            .sorted()
            .map(PreviewStyle::name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return terminal.interactive()
        ? around.say(
            Text.TERMINAL,
            terminal.window().columns(),
            terminal.window().rows(),
            pictures.isEmpty() ? around.say(Text.NONE) : pictures)
        : around.say(Text.NOT_A_TERMINAL);
  }

  private static String library() {
    Backend.load();
    return Backend.version()
        + Backend.nativesFolder().map(Path::toString).map(folder -> ", " + folder).orElse("");
  }

  private String bundledModel() {
    Path folder = SongeMini.folder();
    ModelCard card = ModelCard.read(folder);
    if (!ModelSummary.weightsAreIntact(folder)) {
      throw new IllegalStateException(around.say(Text.WEIGHTS_DAMAGED, folder));
    }
    return around.say(Text.MODEL_INTACT, card.name());
  }

  private void examine(Text label, Examination examination) {
    try {
      show(label, examination.finding());
    } catch (RuntimeException | LinkageError fault) {
      faults++;
      show(label, around.say(Text.FAULT, String.valueOf(fault.getMessage())));
    }
  }

  private void show(Text label, String value) {
    around.print(around.labelled(around.say(label), value));
  }
}
