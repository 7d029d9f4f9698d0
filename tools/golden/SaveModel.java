import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelFolderWriter;
import io.songe.tensor.DType;
import java.nio.file.Path;

/** Saves a model for open_saved_model.py: run by that script, with folder, target and type. */
final class SaveModel {
  private SaveModel() {}

  public static void main(String[] arguments) {
    try (Checkpoint model = Checkpoint.open(Path.of(arguments[0]), DType.FLOAT32)) {
      Path target = Path.of(arguments[1]);
      if (arguments.length == 2) {
        ModelFolderWriter.write(model.parts(), target);
      } else {
        ModelFolderWriter.write(model.parts(), target, DType.valueOf(arguments[2]));
      }
    }
  }
}
