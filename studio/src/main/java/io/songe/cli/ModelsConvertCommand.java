package io.songe.cli;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelFolderWriter;
import io.songe.checkpoint.ModelParts;
import io.songe.checkpoint.SingleFileWriter;
import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe models convert}: writes a model in another form or precision. */
@Command(name = "convert")
final class ModelsConvertCommand implements Callable<Integer> {
  private static final Map<String, DType> PRECISIONS =
      Map.of("fp32", DType.FLOAT32, "bf16", DType.BFLOAT16, "fp16", DType.FLOAT16);

  /** Of files that other programs write, in which a folder would surprise. */
  private static final Pattern OTHER_FORMS =
      Pattern.compile(".*[.](ckpt|pt|pth|bin|gguf|onnx|json|zip)", Pattern.CASE_INSENSITIVE);

  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.model}", descriptionKey = "from")
  private String from = "";

  @Parameters(index = "1", paramLabel = "${bundle:label.file}", descriptionKey = "to")
  private String to = "";

  @Option(names = "--precision", paramLabel = "${bundle:label.storage}")
  private @Nullable String precision;

  ModelsConvertCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Optional<DType> stored = stored();
    Path target = UserPath.of(to, around);
    String name = String.valueOf(target.getFileName());
    boolean asFile = name.toLowerCase(Locale.ROOT).endsWith(SingleFileWriter.EXTENSION);
    if (!asFile && OTHER_FORMS.matcher(name).matches()) {
      throw new InvalidRequestException(around.say(Text.NO_MODEL_NAME, to));
    }
    Path source = new Shelves(around).model(from);
    // Its networks are built and so known to be whole, in the type that takes the least memory.
    try (Checkpoint model = Checkpoint.open(source, Backend.fastestType())) {
      write(model.parts(), target, asFile, stored);
    }
    around.print(Printable.line(to));
    return ExitCode.DONE.number();
  }

  private static void write(ModelParts model, Path target, boolean asFile, Optional<DType> stored) {
    if (asFile) {
      stored.ifPresentOrElse(
          type -> SingleFileWriter.write(model, target, type),
          () -> SingleFileWriter.write(model, target));
    } else {
      stored.ifPresentOrElse(
          type -> ModelFolderWriter.write(model, target, type),
          () -> ModelFolderWriter.write(model, target));
    }
  }

  private Optional<DType> stored() {
    String asked = precision;
    if (asked == null) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(PRECISIONS.get(asked))
            .orElseThrow(
                () -> new InvalidRequestException(around.say(Text.UNKNOWN_STORAGE, asked))));
  }
}
