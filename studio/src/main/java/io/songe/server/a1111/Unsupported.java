package io.songe.server.a1111;

import io.songe.diffusion.sampler.SamplerRow;
import io.songe.file.FileLabel;
import io.songe.text.Prompt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of the web UI that cannot be followed here. They are refused where they would change the
 * picture, and taken where they would not, since many clients send all fields there are.
 */
final class Unsupported {
  private static final Pattern NETWORK_TAG = Pattern.compile("<\\w+:[^<>]+>");

  /** Samplers whose noise {@code eta} scales in the web UI, where it is 0 and not 1 if unsaid. */
  private static final Set<String> NO_ETA = Set.of("ddim");

  private Unsupported() {}

  /** Refuses what is wrong in any drawing. */
  static void refuse(RequestFields fields, Prompt prompt) {
    refuseIf(
        fields.flag("restore_faces", false),
        "restore_faces",
        "faces are not restored here; leave it false");
    boolean refined =
        !fields.text("refiner_checkpoint", "").isBlank()
            && !"None".equals(fields.text("refiner_checkpoint", ""))
            && fields.number("refiner_switch_at", 0, 1, 1) < 1;
    refuseIf(refined, "refiner_checkpoint", "there is no second model here; leave it out");
    refuseIf(
        fields.flag("disable_extra_networks", false)
            && NETWORK_TAG.matcher(prompt.positive()).find(),
        "disable_extra_networks",
        "the prompt asks for networks; take their tags out of it instead");
    refuseIf(
        fields.picture("firstpass_image").isPresent(),
        "firstpass_image",
        "the first pass cannot be given here; send it to img2img");
    refuseIf(
        fields.picture("latent_mask").isPresent(), "latent_mask", "there is one mask here: mask");
    for (String side : new String[] {"seed_resize_from_w", "seed_resize_from_h"}) {
      refuseIf(
          fields.whole(side, Integer.MIN_VALUE, Integer.MAX_VALUE, -1) > 0,
          side,
          "noise is not resized here; leave it -1");
    }
    only(fields, "s_min_uncond", 0);
    only(fields, "initial_noise_multiplier", 1);
    only(fields, "s_churn", 0);
    only(fields, "s_noise", 1);
    fields.number("s_tmin", 0, Double.MAX_VALUE); // where churn would begin and end
    fields.number("s_tmax", 0, Double.MAX_VALUE);
    fields.number("image_cfg_scale", -1000, 1000); // only of models that are not drawn with here
    refuseScripts(fields);
  }

  /** Refuses another amount of noise on the way than the sampler's own. */
  static void refuseNoise(RequestFields fields, SamplerRow sampler) {
    double own = NO_ETA.contains(sampler.id()) ? 0 : 1;
    boolean counts = sampler.stochastic() || NO_ETA.contains(sampler.id());
    refuseIf(
        counts && fields.number("eta", 0, 1).filter(eta -> eta != own).isPresent(),
        "eta",
        "%s is drawn with an eta of %s here; leave it out".formatted(sampler.label(), (int) own));
  }

  /** Refuses a second pass that is not as the first. */
  static void refuseInSecondPass(RequestFields fields) {
    refuseOther(fields, "hr_sampler_name", "sampler_name", "Use same sampler");
    refuseOther(fields, "hr_scheduler", "scheduler", "Use same scheduler");
    refuseOther(fields, "hr_prompt", "prompt", "");
    refuseOther(fields, "hr_negative_prompt", "negative_prompt", "");
    refuseOther(fields, "hr_checkpoint_name", "hr_checkpoint_name", "Use same checkpoint");
    for (String side : new String[] {"firstphase_width", "firstphase_height"}) {
      refuseIf(
          fields.whole(side, 0, Integer.MAX_VALUE, 0) != 0,
          side,
          "this is an old name; width and height are the first pass's, hr_resize_x and hr_resize_y"
              + " the second's");
    }
  }

  private static void refuseOther(RequestFields fields, String field, String first, String same) {
    String asked = fields.text(field, "");
    boolean other =
        !asked.isBlank()
            && !asked.equalsIgnoreCase(same)
            && (field.equals(first) || !asked.equals(fields.text(first, "")));
    refuseIf(other, field, "the second pass is drawn as the first one here; leave it out");
  }

  private static void refuseScripts(RequestFields fields) {
    String script = fields.text("script_name").orElse("");
    refuseIf(
        !script.isBlank() && !script.equalsIgnoreCase("none"),
        "script_name",
        "Script %s not found".formatted(FileLabel.quote(script)));
    fields.echo("script_args", RequestFields.JSON.createArrayNode());
    ObjectNode always = fields.object("alwayson_scripts");
    always
        .properties()
        .forEach(each -> {
          boolean controlNet = each.getKey().equalsIgnoreCase("controlnet");
          refuseIf(
              !controlNet,
              "alwayson_scripts",
              "always on script %s not found".formatted(FileLabel.quote(each.getKey())));
          refuseIf(
              isUsed(each.getValue()),
              "alwayson_scripts",
              "ControlNet is not understood here; leave its args empty");
        });
  }

  /** A unit of ControlNet is off if it says so, or has nothing to look at. */
  private static boolean isUsed(JsonNode controlNet) {
    for (JsonNode unit : controlNet.path("args")) {
      boolean saysOff = unit.path("enabled").isBoolean() && !unit.path("enabled").booleanValue();
      boolean empty =
          unit.isObject() && isNothing(unit.path("image")) && isNothing(unit.path("input_image"));
      boolean off = unit.isNull() || saysOff || empty;
      if (!off) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.asString("x").isEmpty();
  }

  /** Refuses every number but one. */
  static void only(RequestFields fields, String field, int followed) {
    fields
        .number(field, -Double.MAX_VALUE, Double.MAX_VALUE)
        .filter(number -> number != followed)
        .ifPresent(number -> {
          throw RequestFields.wrong(
              field,
              "only %d can be followed here, got %s; leave it out".formatted(followed, number));
        });
  }

  private static void refuseIf(boolean asked, String field, String message) {
    if (asked) {
      throw RequestFields.wrong(field, message);
    }
  }
}
