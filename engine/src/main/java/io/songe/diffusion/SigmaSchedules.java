package io.songe.diffusion;

import java.util.List;
import java.util.stream.Stream;

/** The sigma schedules by name: one table for the command line, the APIs and imported pictures. */
public final class SigmaSchedules {
  /** As the model's configuration says. */
  public static final Row MODEL =
      new Row(
          "model",
          "Model",
          "",
          List.of("default"),
          "as the model's own configuration says",
          new SigmaSchedule.Model());

  /** Karras et al. 2022, with the paper's 7. */
  public static final Row KARRAS =
      curve("karras", "Karras", "karras", "equally spaced 7th roots", SigmaCurve.karras(7));

  /** Equally spaced logarithms. */
  public static final Row EXPONENTIAL =
      curve(
          "exponential",
          "Exponential",
          "exponential",
          "equally spaced logarithms",
          SigmaCurve.exponential());

  /** Lee et al. 2024, with the paper's 0.6, applied to noise levels. */
  public static final Row BETA =
      curve(
          "beta",
          "Beta",
          "",
          "quantiles of a beta distribution as shares of the noise levels; A1111's and diffusers'"
              + " reading",
          SigmaCurve.beta(0.6, 0.6));

  private static final Row BETA_OF_TIMESTEPS =
      curve(
          "beta_timesteps",
          "Beta timesteps",
          "beta",
          "quantiles of a beta distribution as shares of the timesteps; ComfyUI's reading",
          SigmaCurve.betaOfTimesteps(0.6, 0.6));

  private static final Catalogue<Row> ROWS =
      new Catalogue<>(
          "sigma schedule",
          Stream.of(List.of(MODEL), curves(), alignYourSteps(), spacings())
              .flatMap(List::stream)
              .toList(),
          Row::label,
          SigmaSchedules::otherNames);

  private SigmaSchedules() {}

  /**
   * A sigma schedule and what it is called.
   *
   * @param id our name, stable
   * @param label A1111's name where it has one; what people are shown
   * @param comfyId ComfyUI's name, or empty
   * @param aliases what else it is called
   * @param summary what it does, for people, in a line
   * @param schedule the schedule
   */
  public record Row(
      String id,
      String label,
      String comfyId,
      List<String> aliases,
      String summary,
      SigmaSchedule schedule) {
    /** Copies the list. */
    public Row {
      aliases = List.copyOf(aliases);
    }
  }

  private static List<Row> curves() {
    return List.of(
        KARRAS,
        EXPONENTIAL,
        curve(
            "polyexponential",
            "Polyexponential",
            "",
            "logarithms spaced by a power, which is 1",
            SigmaCurve.polyexponential(1)),
        curve(
            "sgm_uniform",
            "SGM Uniform",
            "sgm_uniform",
            "equally spaced timesteps without the last",
            SigmaCurve.sgmUniform()),
        curve("simple", "Simple", "simple", "whole timesteps, counted down", SigmaCurve.simple()),
        curve(
            "normal",
            "Normal",
            "normal",
            "equally spaced timesteps from the last to the first",
            SigmaCurve.normal(),
            "uniform"),
        curve(
            "ddim",
            "DDIM",
            "ddim_uniform",
            "whole timesteps, counted up; a few numbers of steps give more steps",
            SigmaCurve.ddim()),
        BETA,
        BETA_OF_TIMESTEPS,
        curve(
            "kl_optimal",
            "KL Optimal",
            "kl_optimal",
            "equally spaced arc tangents",
            SigmaCurve.klOptimal()),
        curve(
            "vp",
            "VP",
            "",
            "the continuous variance preserving process, from noise level 152",
            SigmaCurve.variancePreserving()));
  }

  /** Sabour, Fidler and Kreis 2024; the last two by the trajectories of Chen et al. 2024. */
  private static List<Row> alignYourSteps() {
    return List.of(
        curve(
            "align_your_steps",
            "Align Your Steps",
            "",
            "found for Stable Diffusion 1.5",
            SigmaCurve.listed(
                14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029),
            "ays"),
        curve(
            "align_your_steps_xl",
            "Align Your Steps XL",
            "",
            "found for Stable Diffusion XL",
            SigmaCurve.listed(
                14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029),
            "ays_xl"),
        curve(
            "align_your_steps_gits",
            "Align Your Steps GITS",
            "",
            "found for Stable Diffusion 1.5 by the shape of its trajectories",
            SigmaCurve.listed(
                14.615, 4.617, 2.507, 1.236, 0.702, 0.402, 0.240, 0.156, 0.104, 0.094, 0.029),
            "gits"),
        curve(
            "align_your_steps_gits_xl",
            "Align Your Steps GITS XL",
            "",
            "found for Stable Diffusion XL by the shape of its trajectories",
            SigmaCurve.listed(
                14.615, 4.734, 2.567, 1.529, 0.987, 0.652, 0.418, 0.268, 0.179, 0.127, 0.029),
            "gits_xl"));
  }

  private static List<Row> spacings() {
    return List.of(
        spaced(
            "linspace",
            "Linspace",
            "timesteps of training from the last to the first",
            TimestepSpacing.LINSPACE),
        spaced(
            "leading",
            "Leading",
            "multiples of a stride, counted from the first timestep",
            TimestepSpacing.LEADING),
        spaced(
            "trailing",
            "Trailing",
            "multiples of a stride, counted from the last timestep",
            TimestepSpacing.TRAILING,
            "turbo"));
  }

  private static Row curve(
      String id,
      String label,
      String comfyId,
      String summary,
      SigmaCurve curve,
      String... aliases) {
    return new Row(id, label, comfyId, List.of(aliases), summary, new SigmaSchedule.Curved(curve));
  }

  private static Row spaced(
      String id, String label, String summary, TimestepSpacing spacing, String... aliases) {
    return new Row(id, label, "", List.of(aliases), summary, new SigmaSchedule.Spaced(spacing));
  }

  /** A1111 and ComfyUI call two schedules Beta: by name it is A1111's. */
  private static List<String> otherNames(Row row) {
    Stream<String> names = Stream.concat(Stream.of(row.id, row.comfyId), row.aliases.stream());
    return names
        .filter(name -> !name.isEmpty())
        .filter(name -> row.equals(BETA) || !name.equals(BETA.id))
        .toList();
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
