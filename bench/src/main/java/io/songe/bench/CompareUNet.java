package io.songe.bench;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Conditioning;
import io.songe.format.SafetensorsFile;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Compares the U-Net of a model with diffusers', as a folder and as one file: what {@code
 * tools/golden/random_checkpoint.py} wrote. Prints the largest difference relative to the largest
 * value, and the root of the mean square relative to the deviation.
 *
 * <p>Arguments: the script's target, the type to compute in, threads.
 */
final class CompareUNet {
  private CompareUNet() {}

  public static void main(String[] arguments) {
    Path target = Path.of(arguments[0]);
    DType dtype = DType.valueOf(arguments[1]);
    Backend.setThreads(Integer.parseInt(arguments[2]));
    float[] expected = expected(target);
    float[] folder = predicted(target, "folder", dtype);
    compare("folder and reference", folder, expected);
    float[] file = predicted(target, "model.safetensors", dtype);
    compare("file and reference", file, expected);
    System.out.printf(
        "folder and file: %s%n", Arrays.equals(folder, file) ? "identical" : "different");
  }

  private static float[] expected(Path target) {
    try (SafetensorsFile reference = reference(target);
        Scope _ = Scope.open()) {
      return reference.get("predicted").toTensor().toFloats();
    }
  }

  private static SafetensorsFile reference(Path target) {
    return SafetensorsFile.open(target.resolve("unet.safetensors"));
  }

  private static float[] predicted(Path target, String name, DType dtype) {
    long start = System.nanoTime();
    try (SafetensorsFile reference = reference(target);
        Checkpoint model = Checkpoint.open(target.resolve(name), dtype);
        Scope _ = Scope.open()) {
      double opened = (System.nanoTime() - start) / 1e9;
      Tensor predicted =
          model
              .unet()
              .predict(
                  reference.get("x").toTensor(),
                  reference.get("timesteps").toTensor(),
                  given(reference));
      System.out.printf(Locale.ROOT, "%s: opened in %.1f s%n", name, opened);
      return predicted.toFloats();
    }
  }

  private static Conditioning given(SafetensorsFile reference) {
    Tensor context = reference.get("context").toTensor();
    if (!reference.names().contains("pooled")) {
      return Conditioning.of(context);
    }
    return new Conditioning(
        context,
        new Conditioning.Added.TextTime(
            reference.get("pooled").toTensor(), reference.get("numbers").toTensor()));
  }

  private static void compare(String what, float[] actual, float[] expected) {
    double largest = 0;
    double worst = 0;
    double squares = 0;
    double errors = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      worst = Math.max(worst, difference);
      largest = Math.max(largest, Math.abs(expected[i]));
      errors += difference * difference;
      squares += expected[i] * expected[i];
    }
    System.out.printf(
        Locale.ROOT,
        "%s: largest difference %.2e of the largest value, root mean square %.2e%n",
        what,
        worst / largest,
        Math.sqrt(errors / squares));
  }
}
