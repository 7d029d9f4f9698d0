package io.songe.diffusion.sampler;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.StepGrid;
import java.util.List;
import java.util.Map;

/** Rows of {@link Samplers}: those that k-diffusion and A1111 made known. */
final class KDiffusionRows {
  private static final SamplerRow DPM_2M_SDE_HEUN =
      new SamplerRow(
          "dpmpp_2m_sde_heun",
          "DPM++ 2M SDE Heun",
          "dpmpp_2m_sde_heun",
          "DPMSolverMultistepScheduler",
          Map.of("algorithm_type", "sde-dpmsolver++", "solver_type", "heun"),
          List.of("k_dpmpp_2m_sde_heun", "dpmpp_2m_sde_heun_gpu"),
          new DpmPlusPlus2MSdeHeun(),
          StepGrid.MULTISTEP,
          SigmaSchedules.EXPONENTIAL,
          1,
          1,
          true);

  private static final SamplerRow DPM_3M_SDE =
      new SamplerRow(
          "dpmpp_3m_sde",
          "DPM++ 3M SDE",
          "dpmpp_3m_sde",
          "",
          Map.of(),
          List.of("k_dpmpp_3m_sde", "dpmpp_3m_sde_gpu"),
          new DpmPlusPlus3MSde(),
          StepGrid.LEAST_LEFT_OUT,
          SigmaSchedules.EXPONENTIAL,
          1,
          1,
          true);

  private static final SamplerRow DPM_SDE =
      new SamplerRow(
          "dpmpp_sde",
          "DPM++ SDE",
          "dpmpp_sde",
          "DPMSolverSDEScheduler",
          Map.of(),
          List.of("k_dpmpp_sde", "dpmpp_sde_gpu"),
          new DpmPlusPlusSde(),
          StepGrid.EULER,
          SigmaSchedules.KARRAS,
          1,
          2,
          true);

  private static final SamplerRow DPM_2S =
      new SamplerRow(
          "dpmpp_2s",
          "DPM++ 2S",
          "",
          "DPMSolverSinglestepScheduler",
          Map.of(),
          List.of("k_dpmpp_2s"),
          new DpmPlusPlus2S(),
          StepGrid.MULTISTEP,
          SigmaSchedules.KARRAS,
          2,
          1,
          false);

  private static final SamplerRow DPM_2S_ANCESTRAL =
      new SamplerRow(
          "dpmpp_2s_a",
          "DPM++ 2S a",
          "dpmpp_2s_ancestral",
          "",
          Map.of(),
          List.of("k_dpmpp_2s_a"),
          new DpmPlusPlus2SAncestral(1),
          StepGrid.EULER,
          SigmaSchedules.KARRAS,
          1,
          2,
          true);

  private static final SamplerRow DPM_FAST =
      new SamplerRow(
          "dpm_fast",
          "DPM fast",
          "dpm_fast",
          "",
          Map.of(),
          List.of("k_dpm_fast"),
          new DpmFast(),
          StepGrid.ENDING_AT_LEAST,
          SigmaSchedules.MODEL,
          3,
          1,
          false);

  private static final SamplerRow DPM_ADAPTIVE =
      new SamplerRow(
          "dpm_adaptive",
          "DPM adaptive",
          "dpm_adaptive",
          "",
          Map.of(),
          List.of("k_dpm_ad"),
          new DpmAdaptive(),
          StepGrid.ENDING_AT_LEAST,
          SigmaSchedules.MODEL,
          3,
          3,
          false);

  private static final SamplerRow RESTART =
      new SamplerRow(
          "restart",
          "Restart",
          "",
          "",
          Map.of(),
          List.of("k_restart"),
          new Restart(),
          StepGrid.EULER,
          SigmaSchedules.KARRAS,
          2,
          2,
          true);

  static final List<SamplerRow> ROWS =
      List.of(
          DPM_2M_SDE_HEUN,
          DPM_3M_SDE,
          DPM_SDE,
          DPM_2S,
          DPM_2S_ANCESTRAL,
          DPM_FAST,
          DPM_ADAPTIVE,
          RESTART);

  private KDiffusionRows() {}
}
