package io.songe.checkpoint.original;

import java.util.List;
import java.util.Set;

/**
 * Tensors that stand in original files and are not needed to draw: tables that follow from the
 * noise schedule, averages of weights over training, what judged the autoencoder when it was
 * trained, and marks that are read elsewhere.
 */
final class UnneededTensors {
  private static final Set<String> NAMES =
      Set.of(
          "alphas_cumprod",
          "alphas_cumprod_prev",
          "betas",
          "denoiser.sigmas",
          "global_step",
          "log_one_minus_alphas_cumprod",
          "logvar",
          "posterior_log_variance_clipped",
          "posterior_mean_coef1",
          "posterior_mean_coef2",
          "posterior_variance",
          "sqrt_alphas_cumprod",
          "sqrt_one_minus_alphas_cumprod",
          "sqrt_recip_alphas_cumprod",
          "sqrt_recipm1_alphas_cumprod",
          "v_pred",
          "ztsnr");

  private static final List<String> PREFIXES =
      List.of("model_ema.", "first_stage_model.loss.", "first_stage_model.model_ema.");

  private UnneededTensors() {}

  static boolean contains(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
