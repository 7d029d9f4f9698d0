package io.songe.server.a1111;

import com.sun.management.OperatingSystemMXBean;
import io.songe.checkpoint.DrawingStyle;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.models.AdapterShelf;
import io.songe.pipeline.edit.Upscaler;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is to choose from, in the web UI's forms. No path of this machine is told. */
final class Lists {
  /** Of what Songe has nothing. */
  static final List<String> EMPTY =
      List.of(
          "sd-vae",
          "sd-modules",
          "hypernetworks",
          "face-restorers",
          "realesrgan-models",
          "script-info",
          "extensions");

  /** What its extension would answer that had no models. */
  static final Map<String, String> CONTROL_NET =
      Map.of(
          "version", "{\"version\": 3}",
          "model_list", "{\"model_list\": []}",
          "module_list", "{\"module_list\": [\"none\"], \"module_detail\": {}}",
          "control_types", "{\"control_types\": {}}");

  /** The one that uses the sampler's own. */
  private static final String AUTOMATIC = "automatic";

  private static final Map<String, Double> RHO = Map.of("karras", 7.0, "polyexponential", 1.0);

  /** How many times at most the web UI thinks that these enlarge. */
  private static final double SCALE = 4;

  private Lists() {}

  static ArrayNode list() {
    return RequestFields.JSON.createArrayNode();
  }

  static ObjectNode object() {
    return RequestFields.JSON.createObjectNode();
  }

  static ArrayNode samplers() {
    ArrayNode samplers = list();
    for (SamplerRow row : Samplers.catalogue().rows()) {
      ObjectNode sampler = samplers.addObject();
      sampler.put("name", row.label());
      ArrayNode aliases = sampler.putArray("aliases");
      row.aliases().forEach(aliases::add);
      ObjectNode options = sampler.putObject("options");
      if (!row.schedule().equals(SigmaSchedules.MODEL)) {
        options.put("scheduler", row.schedule().id());
      }
      if (row.evaluations() == 2) {
        options.put("second_order", "True");
      }
    }
    return samplers;
  }

  static ArrayNode schedulers() {
    ArrayNode schedulers = list();
    addScheduler(schedulers, AUTOMATIC, "Automatic", List.of(), false);
    for (SigmaSchedules.Row row : SigmaSchedules.catalogue().rows()) {
      addScheduler(
          schedulers, row.id(), row.label(), row.aliases(), row.equals(SigmaSchedules.MODEL));
    }
    return schedulers;
  }

  private static void addScheduler(
      ArrayNode schedulers, String name, String label, List<String> aliases, boolean ofModel) {
    ObjectNode scheduler = schedulers.addObject();
    scheduler.put("name", name);
    scheduler.put("label", label);
    ArrayNode others = scheduler.putArray("aliases");
    aliases.forEach(others::add);
    scheduler.put("default_rho", RHO.getOrDefault(name, -1.0));
    scheduler.put("need_inner_model", ofModel);
  }

  static ArrayNode upscalers() {
    ArrayNode upscalers = list();
    addUpscaler(upscalers, "None");
    Arrays.stream(Upscaler.values())
        .filter(each -> each.resampling().isPresent())
        .forEach(each -> addUpscaler(upscalers, each.label()));
    return upscalers;
  }

  private static void addUpscaler(ArrayNode upscalers, String name) {
    ObjectNode upscaler = upscalers.addObject();
    upscaler.put("name", name);
    upscaler.putNull("model_name");
    upscaler.putNull("model_path");
    upscaler.putNull("model_url");
    upscaler.put("scale", SCALE);
  }

  static ArrayNode latentModes() {
    ArrayNode modes = list();
    Arrays.stream(Upscaler.values())
        .filter(each -> each.resampling().isEmpty())
        .forEach(each -> modes.addObject().put("name", each.label()));
    return modes;
  }

  static ArrayNode loras(AdapterShelf shelf) {
    ArrayNode loras = list();
    for (String name : shelf.names()) {
      ObjectNode lora = loras.addObject();
      lora.put("name", name);
      lora.put("alias", name);
      lora.put("path", name);
      lora.putObject("metadata");
    }
    return loras;
  }

  static ObjectNode embeddings(AdapterShelf shelf) {
    ObjectNode answer = object();
    ObjectNode loaded = answer.putObject("loaded");
    for (String name : shelf.names()) {
      ObjectNode embedding = loaded.putObject(name);
      for (String unknown :
          List.of("step", "sd_checkpoint", "sd_checkpoint_name", "shape", "vectors")) {
        embedding.putNull(unknown);
      }
    }
    answer.putObject("skipped");
    return answer;
  }

  static ArrayNode styles(List<DrawingStyle> styles) {
    ArrayNode templates = list();
    for (DrawingStyle style : styles) {
      ObjectNode template = templates.addObject();
      template.put("name", style.name());
      template.put(
          "prompt", style.phrases().getOrDefault("en", "").replace("{style}", style.name()));
      template.put("negative_prompt", "");
    }
    return templates;
  }

  static ObjectNode memory() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ObjectNode answer = object();
    ObjectNode ram = answer.putObject("ram");
    long total = system.getTotalMemorySize();
    long free = system.getFreeMemorySize();
    ram.put("free", free);
    ram.put("used", total - free);
    ram.put("total", total);
    answer.putObject("cuda").put("error", "unavailable");
    return answer;
  }

  /** The same whatever the server was started with. */
  static ObjectNode flags() {
    ObjectNode flags = object();
    flags.put("api", true);
    flags.put("nowebui", true);
    flags.put("listen", false);
    flags.put("enable_insecure_extension_access", false);
    flags.put("disable_extension_access", true);
    flags.put("hide_ui_dir_config", true);
    flags.put("freeze_settings", false);
    return flags;
  }

  static ObjectNode scripts() {
    ObjectNode scripts = object();
    scripts.putArray("txt2img");
    scripts.putArray("img2img");
    return scripts;
  }
}
