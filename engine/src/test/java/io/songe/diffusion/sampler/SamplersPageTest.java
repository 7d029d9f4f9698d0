package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.diffusion.SigmaSchedules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/samplers.md, which is written by this test and read by people. */
class SamplersPageTest {
  private static final Path PAGE = Path.of("..", "docs", "samplers.md");
  private static final String WRITE = "songe.docs.write";

  private static final String BEFORE_SAMPLERS =
      """
      # Samplers and sigma schedules

      This page is written by `SamplersPageTest` from the registries that the program uses; edit those, not the page.

      A name may be given in any of its forms, and case, blanks and punctuation do not count: `DPM++ 2M`, `dpmpp_2m` and `k_dpmpp_2m` are one sampler. Old names that end in a schedule, such as `DPM++ 2M Karras`, choose both. Where no schedule is given, a sampler chosen by name uses its own, and a model's own sampler what the model's configuration says.

      ## Samplers

      "Order": doubling the number of steps divides the error by 2 to this power. "Asks": how often a step asks the network, which is what takes the time; a last step to no noise asks once. "Noise": whether fresh noise is added on the way, so that another number of steps gives another picture.

      """;

  private static final String BEFORE_SCHEDULES =
      """

      DPM++ SDE and DPM++ 3M SDE read their noise from a Brownian path that is chosen once for each seed, so that their pictures keep their subject when the number of steps changes. The path is not that of torchsde, from which k-diffusion reads: for the same seed its pictures are others. All other samplers draw the noise that diffusers or k-diffusion draw.

      DPM fast and DPM adaptive choose levels themselves and end, as in k-diffusion, at the least level of training; they add no noise, as in the paper and ComfyUI. What A1111 adds to them by default is left out.

      Models with a zero terminal SNR and rectified flows begin near infinity. Heun, PLMS, DPM2, DPM2 a, SA-Solver, DPM fast, DPM adaptive and Restart correct their steps by estimates after them, and would carry an error as far as the first step is long: they go straight, as Euler does, from levels above 1000, where nothing of a picture is left.

      ## Sigma schedules

      A schedule says which noise levels the steps go through. "Model" means what the model's configuration says.

      """;

  private static final String AFTER =
      """

      ComfyUI's `beta` is the row "Beta timesteps" here; the plain name means A1111's and diffusers' reading. A1111's KL Optimal ends at the least level, with a little noise left, where ComfyUI's and this one go on to none.
      """;

  @Test
  void the_page_says_what_the_registries_say() throws IOException {
    String page = page();

    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            "docs/samplers.md; to write it anew: ./mvnw -pl engine test -Dtest=SamplersPageTest"
                + " -D%s=true",
            WRITE)
        .isEqualTo(page);
  }

  private static String page() {
    return BEFORE_SAMPLERS
        + table(
            List.of(
                "Name",
                "Id",
                "ComfyUI",
                "diffusers",
                "Other names",
                "Schedule",
                "Order",
                "Asks",
                "Noise",
                "Levels"),
            Samplers.catalogue().rows().stream().map(SamplersPageTest::cells))
        + BEFORE_SCHEDULES
        + table(
            List.of("Name", "Id", "ComfyUI", "Other names", "What it does"),
            SigmaSchedules.catalogue().rows().stream().map(SamplersPageTest::cells))
        + AFTER;
  }

  private static List<String> cells(SamplerRow row) {
    return List.of(
        row.label(),
        code(row.id()),
        code(row.comfyId()),
        diffusers(row),
        row.aliases().stream().map(SamplersPageTest::code).collect(Collectors.joining(", ")),
        row.schedule().label(),
        String.valueOf(row.order()),
        String.valueOf(row.evaluations()),
        row.stochastic() ? "yes" : "no",
        levels(row));
  }

  private static List<String> cells(SigmaSchedules.Row row) {
    return List.of(
        row.label(),
        code(row.id()),
        code(row.comfyId()),
        row.aliases().stream().map(SamplersPageTest::code).collect(Collectors.joining(", ")),
        row.summary());
  }

  private static String diffusers(SamplerRow row) {
    return Stream.concat(
            Stream.of(code(row.diffusersClass())),
            new TreeMap<>(row.diffusersOptions())
                .entrySet().stream().map(option -> code(option.getKey() + "=" + option.getValue())))
        .collect(Collectors.joining(" "));
  }

  private static String levels(SamplerRow row) {
    if (row.choosesSteps()) {
      return "as many steps as it needs, whatever number is asked for; ends at the least level";
    }
    return switch (row.grid()) {
      case LEAST_LEFT_OUT -> "leaves out the least level of one more step";
      case ENDING_AT_LEAST -> "its own; ends at the least level";
      default -> "";
    };
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String table(List<String> heads, Stream<List<String>> rows) {
    List<String> rule = heads.stream().map(_ -> "---").toList();
    return Stream.concat(Stream.of(heads, rule), rows)
        .map(cells -> "| " + String.join(" | ", cells) + " |\n")
        .collect(Collectors.joining());
  }
}
