package io.songe.checkpoint.original;

import io.songe.error.BrokenFileException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says which Stable Diffusion a file is by the names that only its kind has.
 *
 * @param tensors of the file
 */
record OriginalDetection(OriginalTensors tensors) {
  /** What else is published as one file, by the beginning of a name that only it has. */
  private static final Map<String, String> OTHERS = others();

  private static Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("model.diffusion_model.joint_blocks.", "a Stable Diffusion 3");
    others.put("joint_blocks.", "a Stable Diffusion 3");
    others.put("model.diffusion_model.double_blocks.", "a Flux");
    others.put("double_blocks.", "a Flux");
    others.put("edm_mean", "a Playground 2.5");
    others.put("edm_vpred.sigma_max", "a model of EDM's noise levels");
    others.put("control_model.", "a ControlNet, an addition to a model");
    others.put("controlnet_cond_embedding.", "a ControlNet, an addition to a model");
    others.put("lora_unet_", "a LoRA, an addition to a model");
    others.put("lora_te", "a LoRA, an addition to a model");
    others.put("emb_params", "a textual inversion, an addition to a model");
    others.put("encoder.", "an autoencoder alone, to be given beside a model");
    others.put("decoder.", "an autoencoder alone, to be given beside a model");
    others.put("text_model.", "a text encoder alone");
    others.put("down_blocks.", "a U-Net alone");
    return others;
  }

  OriginalKind kind() {
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (tensors.hasAny(other.getKey())) {
        throw unknown("is " + other.getValue());
      }
    }
    if (!tensors.hasAny(OriginalModel.UNET)) {
      throw unknown("has no tensor that begins with " + OriginalModel.UNET);
    }
    if (tensors.hasAny("conditioner.embedders.1.model.")) {
      return OriginalKind.XL;
    }
    if (tensors.hasAny("conditioner.embedders.0.model.")) {
      return OriginalKind.XL_REFINER;
    }
    if (tensors.hasAny("cond_stage_model.model.")) {
      return OriginalKind.STABLE_DIFFUSION_2;
    }
    if (tensors.hasAny("cond_stage_model.transformer.")) {
      return OriginalKind.STABLE_DIFFUSION_1;
    }
    throw unknown("has a U-Net and no text encoder that is known");
  }

  private BrokenFileException unknown(String what) {
    return tensors
        .label()
        .broken(what + "; a model in one file must be a Stable Diffusion 1, 2 or XL, whole");
  }
}
