package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.DrawingStyle;
import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.format.JsonConfig;
import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.TextToImage;
import io.songe.train.textimage.LatentPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way from a corpus to a model that draws what it is asked for, by the commands that a
 * user gives, with {@code --smoke}.
 */
class TrainingSequenceTest {
  private static final int CONCEPTS = 6;

  @TempDir private Path folder;

  @Test
  void a_model_learns_to_draw_what_it_is_asked_for() throws IOException {
    Path corpus = folder.resolve("corpus");
    Path autoencoder = folder.resolve("autoencoder");
    songe("corpus", "build", corpus, "--shapes=" + CONCEPTS, "--size=64");
    songe("train", "autoencoder", corpus, autoencoder, "--smoke");
    Path trained = diffusion(corpus, autoencoder, "trained");
    Path untrained = diffusion(corpus, autoencoder, "untrained", "--steps=1", "--word-steps=0");

    // chance is a sixth
    assertThat(lastLosses("trained")).isLessThan(.5 * lastLosses("untrained"));
    assertThat(accuracy(untrained, corpus)).isLessThan(.4);
    assertThat(accuracy(trained, corpus)).isGreaterThan(.55);
    double judged = judged(trained, corpus, "--smoke");
    String judge = folder.resolve("trained-judged").resolve("judge").toString();
    // of the judge's own five names; this machine gave 0.67, and 0.2 untrained
    assertThat(judged).isGreaterThan(.45);
    assertThat(judged(untrained, corpus, "--smoke", "--judge=" + judge)).isLessThan(.35);
  }

  private static void songe(Object... command) {
    Run done = Run.songe(Stream.of(command).map(Object::toString).toArray(String[]::new));
    assertThat(done.code()).as(done.err()).isZero();
  }

  /** With words of its own, learned from the captions. */
  private Path diffusion(Path corpus, Path autoencoder, String run, String... more) {
    List<Object> command =
        new ArrayList<>(
            List.of(
                "train",
                "diffusion",
                corpus,
                folder.resolve(run),
                "--autoencoder=" + autoencoder,
                "--latents=" + folder.resolve("latents"),
                "--smoke"));
    command.addAll(List.of(more));
    songe(command.toArray());
    return folder.resolve(run).resolve("model");
  }

  /** In how many pictures the judge sees what was asked for in English. */
  private double judged(Path model, Path corpus, String... more) {
    Path out = folder.resolve(folder.relativize(model).getName(0) + "-judged");
    List<Object> command =
        new ArrayList<>(List.of("evaluate", model, "--corpus=" + corpus, "--out=" + out));
    command.addAll(List.of(more));
    songe(command.toArray());
    return JsonConfig.read(out.resolve("evaluation.json"))
        .object("figures")
        .object("concept_top1_en")
        .number("value");
  }

  /** The mean of the last 50 losses, or of all if they are fewer. */
  private double lastLosses(String run) throws IOException {
    List<String> rows = Files.readAllLines(folder.resolve(run).resolve("metrics.csv"));
    int loss = List.of(rows.getFirst().split(",", -1)).indexOf("model.loss");
    return rows.stream()
        .skip(Math.max(1, rows.size() - 50))
        .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[loss]))
        .average()
        .orElseThrow();
  }

  /** In how many pictures the nearest drawing of the corpus shows what was asked for. */
  private static double accuracy(Path model, Path corpus) {
    try (TextToImage pipeline = TextToImage.open(model);
        Corpus drawings = Corpus.open(corpus)) {
      List<float[]> known = new ArrayList<>();
      for (int i = 0; i < drawings.drawings().size(); i++) {
        known.add(drawings.picture(i).toPlanes(3));
      }
      int right = 0;
      for (int i = 0; i < known.size(); i++) {
        Drawing asked = drawings.drawings().get(i);
        GenerationRequest request = pipeline.request(phrase(asked, pipeline), i);
        Image drawn = pipeline.generate(request).getFirst().image();
        int nearest = nearest(drawn.toPlanes(3), known);
        right += drawings.drawings().get(nearest).concept().equals(asked.concept()) ? 1 : 0;
      }
      return (double) right / known.size();
    }
  }

  private static String phrase(Drawing drawing, TextToImage pipeline) {
    String label = LatentPlan.className(drawing);
    return pipeline.card().styles().stream()
        .filter(style -> style.name().equals(drawing.style()))
        .findFirst()
        .map((DrawingStyle style) -> style.applyTo(label))
        .orElseThrow();
  }

  private static int nearest(float[] drawn, List<float[]> known) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < known.size(); i++) {
      double distance = 0;
      for (int k = 0; k < drawn.length; k++) {
        double difference = drawn[k] - known.get(i)[k];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
