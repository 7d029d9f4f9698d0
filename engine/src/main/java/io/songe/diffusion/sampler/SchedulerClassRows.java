package io.songe.diffusion.sampler;

import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.SolverOptions;
import io.songe.diffusion.StepGrid;
import java.util.List;
import java.util.Map;

/** Rows of {@link Samplers}: those with a scheduler class of diffusers to themselves. */
final class SchedulerClassRows {
  private static final SamplerRow DDPM =
      new SamplerRow(
          "ddpm",
          "DDPM",
          "ddpm",
          "DDPMScheduler",
          Map.of(),
          List.of("k_ddpm"),
          new Ddpm(SolverOptions.Variance.SMALL),
          StepGrid.DDPM,
          SigmaSchedules.MODEL,
          1,
          1,
          true);

  private static final SamplerRow PLMS =
      new SamplerRow(
          "plms",
          "PLMS",
          "",
          "PNDMScheduler",
          Map.of(),
          List.of("pndm", "k_plms"),
          new Plms(),
          StepGrid.DDIM,
          SigmaSchedules.MODEL,
          2,
          1,
          false);

  private static final SamplerRow LMS =
      new SamplerRow(
          "lms",
          "LMS",
          "lms",
          "LMSDiscreteScheduler",
          Map.of(),
          List.of("k_lms", "ipndm_v", "k_ipndm_v"),
          new Lms(4),
          StepGrid.EULER,
          SigmaSchedules.MODEL,
          3,
          1,
          false);

  private static final SamplerRow IPNDM =
      new SamplerRow(
          "ipndm",
          "IPNDM",
          "ipndm",
          "IPNDMScheduler",
          Map.of(),
          List.of("k_ipndm"),
          new Ipndm(),
          StepGrid.EULER,
          SigmaSchedules.MODEL,
          2,
          1,
          false);

  private static final SamplerRow DEIS =
      new SamplerRow(
          "deis",
          "DEIS",
          "deis",
          "DEISMultistepScheduler",
          Map.of(),
          List.of("k_deis"),
          new Deis(2, true),
          StepGrid.LOGARITHMIC,
          SigmaSchedules.MODEL,
          2,
          1,
          false);

  private static final SamplerRow UNIPC =
      new SamplerRow(
          "unipc",
          "UniPC",
          "uni_pc",
          "UniPCMultistepScheduler",
          Map.of(),
          List.of("uni_pc_bh2", "k_unipc"),
          new UniPc(2, false, true),
          StepGrid.MULTISTEP,
          SigmaSchedules.MODEL,
          2,
          1,
          false);

  private static final SamplerRow DPM2 =
      new SamplerRow(
          "dpm2",
          "DPM2",
          "dpm_2",
          "KDPM2DiscreteScheduler",
          Map.of(),
          List.of("k_dpm_2"),
          new Dpm2(),
          StepGrid.KDPM2,
          SigmaSchedules.KARRAS,
          2,
          2,
          false);

  private static final SamplerRow DPM2_ANCESTRAL =
      new SamplerRow(
          "dpm2_a",
          "DPM2 a",
          "dpm_2_ancestral",
          "KDPM2AncestralDiscreteScheduler",
          Map.of(),
          List.of("k_dpm_2_a", "k_dpm_2_ancestral"),
          new Dpm2Ancestral(),
          StepGrid.KDPM2,
          SigmaSchedules.KARRAS,
          1,
          2,
          true);

  private static final SamplerRow LCM =
      new SamplerRow(
          "lcm",
          "LCM",
          "lcm",
          "LCMScheduler",
          Map.of(),
          List.of("k_lcm"),
          new Lcm(),
          StepGrid.CONSISTENCY,
          SigmaSchedules.MODEL,
          0,
          1,
          true);

  private static final SamplerRow TCD =
      new SamplerRow(
          "tcd",
          "TCD",
          "",
          "TCDScheduler",
          Map.of(),
          List.of("k_tcd"),
          new Tcd(0.3, SchedulerConfig.stableDiffusion1().noiseSchedule()),
          StepGrid.TRAJECTORY,
          SigmaSchedules.MODEL,
          0,
          1,
          true);

  private static final SamplerRow SA_SOLVER =
      new SamplerRow(
          "sa_solver",
          "SA-Solver",
          "sa_solver",
          "SASolverScheduler",
          Map.of(),
          List.of("k_sa_solver"),
          new SaSolver(2, 2, true, SchedulerConfig.stableDiffusion1().noiseSchedule()),
          StepGrid.LOGARITHMIC,
          SigmaSchedules.MODEL,
          1,
          1,
          true);

  static final List<SamplerRow> ROWS =
      List.of(DDPM, PLMS, LMS, IPNDM, DEIS, UNIPC, DPM2, DPM2_ANCESTRAL, LCM, TCD, SA_SOLVER);

  private SchedulerClassRows() {}
}
