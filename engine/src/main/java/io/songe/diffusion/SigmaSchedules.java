package io.songe.diffusion;

import java.util.List;
import java.util.stream.Stream;

/** The sigma schedules by name: one table for the command line, the APIs and imported pictures. */
public final class SigmaSchedules {
  /** As the model's configuration says. */
  public static final Row MODEL =
      new Row("model", "Model", "", List.of("default"), new SigmaSchedule.Model());

  /** Karras et al. 2022, with the paper's 7. */
  public static final Row KARRAS = curve("karras", "Karras", "karras", SigmaCurve.karras(7));

  /** Equally spaced logarithms. */
  public static final Row EXPONENTIAL =
      curve("exponential", "Exponential", "exponential", SigmaCurve.exponential());

  private static final Catalogue<Row> ROWS =
      new Catalogue<>(
          "sigma schedule",
          List.of(
              MODEL,
              KARRAS,
              EXPONENTIAL,
              curve("polyexponential", "Polyexponential", "", SigmaCurve.polyexponential(1)),
              curve("sgm_uniform", "SGM Uniform", "sgm_uniform", SigmaCurve.sgmUniform()),
              curve("simple", "Simple", "simple", SigmaCurve.simple()),
              curve("normal", "Normal", "normal", SigmaCurve.normal(), "uniform"),
              curve("kl_optimal", "KL Optimal", "kl_optimal", SigmaCurve.klOptimal()),
              spaced("linspace", "Linspace", "", TimestepSpacing.LINSPACE),
              spaced("leading", "Leading", "ddim_uniform", TimestepSpacing.LEADING, "ddim"),
              spaced("trailing", "Trailing", "", TimestepSpacing.TRAILING)),
          Row::label,
          row ->
              Stream.concat(Stream.of(row.id, row.comfyId), row.aliases.stream())
                  .filter(name -> !name.isEmpty())
                  .toList());

  private SigmaSchedules() {}

  /**
   * A sigma schedule and what it is called.
   *
   * @param id our name, stable
   * @param label A1111's name where it has one; what people are shown
   * @param comfyId ComfyUI's name, or empty
   * @param aliases what else it is called
   * @param schedule the schedule
   */
  public record Row(
      String id, String label, String comfyId, List<String> aliases, SigmaSchedule schedule) {
    /** Copies the list. */
    public Row {
      aliases = List.copyOf(aliases);
    }
  }

  private static Row curve(
      String id, String label, String comfyId, SigmaCurve curve, String... aliases) {
    return new Row(id, label, comfyId, List.of(aliases), new SigmaSchedule.Curved(curve));
  }

  private static Row spaced(
      String id, String label, String comfyId, TimestepSpacing spacing, String... aliases) {
    return new Row(id, label, comfyId, List.of(aliases), new SigmaSchedule.Spaced(spacing));
  }

  /** {@return the table} */
  public static Catalogue<Row> catalogue() {
    return ROWS;
  }

  /**
   * The schedule of a name.
   *
   * @param name any of its names; case and punctuation do not count
   * @return its row
   * @throws io.songe.error.InvalidRequestException if there is none; the message names the nearest
   */
  public static Row get(String name) {
    return ROWS.get(name);
  }
}
