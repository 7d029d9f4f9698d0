package io.songe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model of Stable Diffusion 1.5's shapes with Songe, with Python's diffusers and with
 * stable-diffusion.cpp: the networks alone, then a whole picture, the engines taking turns in one
 * run. A peer that is not set up is skipped, and that is said. stable-diffusion.cpp does one step;
 * the time of all is computed from it.
 *
 * <p>Arguments: the repository's root, the model's folder, number of turns, and the same model as a
 * single file for stable-diffusion.cpp, or nothing.
 */
final class LargeModel {
  private static final String PHRASE = "a ginger cat asleep on a windowsill";
  private static final int THREADS = 2;
  private static final int SIDE = 512;
  private static final int STEPS = 20;
  private static final double GUIDANCE = 7;
  private static final int EVALUATIONS = 5;
  private static final int DECODES = 4;

  /** Of one evaluation of the U-Net at 512x512, counted from the shapes of its layers. */
  private static final double UNET_GFLOP = 804;

  private final Path root;
  private final Path model;
  private final Optional<Path> singleFile;
  private final Path scratch;
  private final JsonMapper json = new JsonMapper();
  private double slowEvaluation = Double.NaN;
  private double slowPicture = Double.NaN;

  private LargeModel(Path root, Path model, Optional<Path> singleFile, Path scratch) {
    this.root = root;
    this.model = model;
    this.singleFile = singleFile;
    this.scratch = scratch;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<Path> singleFile =
        arguments.length > 3
            ? Optional.of(Path.of(arguments[3]).toAbsolutePath())
            : Optional.empty();
    LargeModel bench =
        new LargeModel(
            Path.of(arguments[0]).toAbsolutePath(),
            Path.of(arguments[1]).toAbsolutePath(),
            singleFile,
            Files.createTempDirectory("songe-bench"));
    bench.networks(Integer.parseInt(arguments[2]));
    bench.stableDiffusionCpp();
    bench.pictures();
  }

  private void networks(int turns) throws IOException, InterruptedException {
    List<Double> evaluation = new ArrayList<>();
    List<Double> decoding = new ArrayList<>();
    List<Double> peak = new ArrayList<>();
    List<Double> theirEvaluation = new ArrayList<>();
    List<Double> theirDecoding = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      JsonNode songe = run(SideBySide.java(NetworkTimes.class, networkArguments()));
      evaluation.add(songe.get("unet_s").asDouble());
      decoding.add(songe.get("decode_s").asDouble());
      peak.add(songe.get("peak_gflops").asDouble());
      if (Files.isExecutable(python("venv"))) {
        List<String> command = new ArrayList<>();
        command.add(python("venv").toString());
        command.add(peer("diffusers_networks.py"));
        command.addAll(networkArguments());
        JsonNode peer = run(command);
        theirEvaluation.add(peer.get("unet_s").asDouble());
        theirDecoding.add(peer.get("decode_s").asDouble());
      }
    }
    SideBySide.row("U-Net, batch 1, bf16, s (diffusers)", evaluation, theirEvaluation);
    SideBySide.row("decoding, bf16, s (diffusers)", decoding, theirDecoding);
    double most = SideBySide.median(peak);
    System.out.printf(
        Locale.ROOT,
        "peak of a convolution %.0f GFLOP/s; the U-Net reaches %.0f, a share of %.2f%n",
        most,
        UNET_GFLOP / SideBySide.median(evaluation),
        UNET_GFLOP / SideBySide.median(evaluation) / most);
  }

  private List<String> networkArguments() {
    return List.of(
        model.toString(),
        "bf16",
        String.valueOf(THREADS),
        String.valueOf(SIDE),
        String.valueOf(EVALUATIONS),
        String.valueOf(DECODES));
  }

  private void stableDiffusionCpp() throws IOException, InterruptedException {
    if (singleFile.isEmpty() || !Files.isExecutable(python("venv-cpp"))) {
      System.out.println("stable-diffusion.cpp: no single file given, or not set up; skipped");
      return;
    }
    JsonNode peer =
        run(
            List.of(
                python("venv-cpp").toString(),
                peer("stable_diffusion_cpp_step.py"),
                singleFile.get().toString(),
                String.valueOf(THREADS),
                String.valueOf(SIDE)));
    slowEvaluation = peer.get("unet_s").asDouble();
    slowPicture = peer.get("rest_s").asDouble() + 2 * STEPS * slowEvaluation;
    System.out.printf(
        Locale.ROOT,
        "stable-diffusion.cpp: U-Net %.1f s, picture of %d steps %.0f s by computation%n",
        slowEvaluation,
        STEPS,
        slowPicture);
  }

  /** Whole processes, from start to PNG. */
  private void pictures() throws IOException, InterruptedException {
    long began = System.nanoTime();
    JsonNode songe = run(SideBySide.java(DrawOnce.class, ownArguments()));
    double ours = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "Songe: picture %.1f s, opened after %.2f s, peak %d MB, ratio to stable-diffusion.cpp %.3f%n",
        ours,
        songe.get("load_s").asDouble(),
        songe.get("peak_mb").asInt(),
        ours / slowPicture);
    if (!Files.isExecutable(python("venv"))) {
      System.out.println("diffusers: not set up; skipped");
      return;
    }
    began = System.nanoTime();
    JsonNode peer = run(peerCommand());
    double theirs = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "diffusers: picture %.1f s, peak %d MB; ratio %.2f%n",
        theirs,
        peer.get("peak_mb").asInt(),
        ours / theirs);
  }

  private List<String> ownArguments() {
    return List.of(
        model.toString(),
        scratch.resolve("songe.png").toString(),
        "bf16",
        String.valueOf(THREADS),
        String.valueOf(STEPS),
        String.valueOf(GUIDANCE),
        String.valueOf(SIDE),
        "0",
        PHRASE);
  }

  private List<String> peerCommand() {
    return List.of(
        python("venv").toString(),
        peer("diffusers_draw.py"),
        model.toString(),
        scratch.resolve("diffusers.png").toString(),
        "--precision=bf16",
        "--threads=" + THREADS,
        "--steps=" + STEPS,
        "--guidance=" + GUIDANCE,
        "--side=" + SIDE,
        "--prompt=" + PHRASE);
  }

  private JsonNode run(List<String> command) throws IOException, InterruptedException {
    return json.readTree(SideBySide.output(command));
  }

  private Path python(String environment) {
    return root.resolve("bench/peers").resolve(environment).resolve("bin/python");
  }

  private String peer(String script) {
    return root.resolve("bench/peers").resolve(script).toString();
  }
}
