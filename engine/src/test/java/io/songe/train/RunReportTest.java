package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
  private static final Pattern PICTURE =
      Pattern.compile("alt=\"samples after ([\\d\u202f]+) steps\"");

  @TempDir Path folder;

  @Test
  void a_run_is_reported_with_curves_time_and_configuration() throws IOException {
    String page = report(120, 0);

    assertThat(page)
        .contains("<h1>run</h1>", "Finished after 120 steps.", ">Loss<", ">Distance<")
        .contains(">Norm of gradients<", ">Learning rate<", "forward", "optimizer")
        .contains("data-column=\"model.loss\"", "\"model.loss\":[", "\"step\":[1,2,3,");
    assertThat(page).contains("<td>rate</td><td>0.01</td>");
    assertThat(page).doesNotContain("{{", "}}", "NaN");
  }

  @Test
  void what_was_measured_with_sheets_has_curves_over_its_own_steps() throws IOException {
    RunFolder run = RunFolder.open(folder.resolve("run"), TinyOptions.config(), false);
    int[] sheets = {0};
    try (TinyTask task = new TinyTask()) {
      Trainer.train(
          task,
          run,
          TinyOptions.of(120),
          (_, _) -> new LinkedHashMap<>(Map.of("saved_by_caption", ++sheets[0] / 8.0)),
          _ -> {});
    }

    assertThat(Files.readString(run.report()))
        .contains(">Saved by caption<")
        .contains("data-column=\"measured.saved_by_caption\" data-steps=\"measured.step\"")
        .contains("\"measured.step\":[50,100,120]")
        .contains("\"measured.saved_by_caption\":[0.125,0.25,0.375]")
        .contains("data-column=\"model.loss\" data-steps=\"step\"");
  }

  @Test
  void the_page_needs_nothing_from_anywhere() throws IOException {
    String page = report(3, 0);

    assertThat(page).doesNotContain("http:", "https:", "src=\"/", "<link");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void of_many_sheets_the_first_the_last_and_eight_between_are_shown() throws IOException {
    String page = report(3000, 100);

    List<Long> shown = PICTURE.matcher(page).results().map(RunReportTest::step).toList();
    assertThat(shown).hasSize(10).contains(100L, 3000L).doesNotHaveDuplicates();
    assertThat(shown.getFirst()).isEqualTo(3000);
    assertThat(shown.subList(1, 10)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  private static long step(MatchResult picture) {
    return Long.parseLong(picture.group(1).replace("\u202f", ""));
  }

  @Test
  void what_a_configuration_says_is_no_markup() throws IOException {
    RunFolder run =
        RunFolder.open(
            folder.resolve("run"),
            new LinkedHashMap<>(Map.of("text", "<script>x</script>")),
            false);

    RunReport.write(run, 0, 100);

    assertThat(Files.readString(run.report()))
        .contains("'&lt;script&gt;x&lt;/script&gt;'", "After 0 of 100 steps.")
        .doesNotContain("<script>x");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 1", "0.0813, 0.0813", "0.30001, 0.3", "12.345, 12.3", "123.45, 123",
    "1234, 1234", "45678, 45.7k", "3200000, 3.2M", "0.00002, 2e-5", "0.000123, 1.2e-4", "-2.5, -2.5"
  })
  void numbers_are_shown_with_three_digits(double number, String text) {
    assertThat(Chart.shortened(number)).isEqualTo(text);
  }

  @Test
  void a_curve_of_one_value_and_one_that_never_changes_can_be_drawn() {
    String one = new Chart("model.loss", "step", "Loss", new double[] {1}, new double[] {0}).svg();
    String flat =
        new Chart("model.loss", "step", "Loss", new double[] {1, 2}, new double[] {5, 5}).svg();

    assertThat(one + flat).doesNotContain("NaN", "Infinity");
  }

  @Test
  void wide_ranges_are_logarithmic_and_others_are_not() {
    double[] steps = {1, 2, 3};

    assertThat(new Chart("model.loss", "step", "Loss", steps, new double[] {10, 1, .1}).svg())
        .contains("\"log\":true", ">10<", ">1<", ">0.1<");
    assertThat(new Chart("model.loss", "step", "Loss", steps, new double[] {3, 2, 1}).svg())
        .contains("\"log\":false", ">3<", ">2<", ">1<");
    assertThat(new Chart("model.loss", "step", "Loss", steps, new double[] {10, 0, -1}).svg())
        .contains("\"log\":false");
  }

  private String report(long steps, long sheetEvery) throws IOException {
    RunFolder run = RunFolder.open(folder.resolve("run"), TinyOptions.config(), false);
    byte[] png = {1, 2, 3};
    for (long step = sheetEvery; sheetEvery > 0 && step <= steps; step += sheetEvery) {
      Files.write(run.sheet(step), png);
    }
    try (TinyTask task = new TinyTask()) {
      Trainer.train(task, run, TinyOptions.of(Math.min(steps, 120)), SampleSheet.NONE, _ -> {});
    }
    if (steps > 120) {
      RunReport.write(run, steps, steps);
    }
    return Files.readString(run.report());
  }
}
