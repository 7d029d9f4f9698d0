package io.songe.foreign;

import io.songe.foreign.ComfyNode.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a {@link ComfyGraph} means: it is followed from its last sampler backwards, to the phrases,
 * the model and the empty latent. There are thousands of kinds of nodes; those that are not known
 * here become remarks.
 */
final class ComfyReader {
  /** They do not change what is drawn. */
  private static final Set<String> HARMLESS =
      Set.of(
          "SaveImage",
          "PreviewImage",
          "SaveAnimatedWEBP",
          "VAEDecode",
          "VAEDecodeTiled",
          "Reroute",
          "Note",
          "MarkdownNote",
          "PrimitiveNode");

  private static final Set<String> CUSTOM_SAMPLERS =
      Set.of("SamplerCustom", "SamplerCustomAdvanced");

  private static final String LATENT = "latent_image";
  private static final String POSITIVE = "positive";
  private static final String NEGATIVE = "negative";

  private final ComfyGraph graph;
  private final RecipeDraft draft = new RecipeDraft(Program.COMFYUI);

  private final Set<Passed> passed = new HashSet<>();

  /** A node through which inputs of one name were followed. */
  private record Passed(String input, String node) {}

  private ComfyReader(ComfyGraph graph) {
    this.graph = graph;
  }

  static ForeignRecipe read(ComfyGraph graph) {
    var reader = new ComfyReader(graph);
    List<ComfyNode> samplers = graph.nodes().stream().filter(ComfyReader::isSampler).toList();
    if (samplers.size() > 1) {
      reader.draft.remark(new Remark.SeveralSamplers(samplers.size()));
    }
    reader.last(samplers).ifPresent(reader::readSampler);
    reader.remarkOnRest();
    return reader.draft.finish();
  }

  private static boolean isSampler(ComfyNode node) {
    return (node.type().startsWith("KSampler") || CUSTOM_SAMPLERS.contains(node.type()))
        && node.link(LATENT).isPresent();
  }

  /** The last in the file of those whose latents no other goes on with. */
  private Optional<ComfyNode> last(List<ComfyNode> samplers) {
    Set<String> earlier = graph.upstream(samplers, LATENT);
    return samplers.reversed().stream()
        .filter(each -> !earlier.contains(each.id()))
        .findFirst()
        .or(() -> samplers.reversed().stream().findFirst());
  }

  private void readSampler(ComfyNode sampler) {
    graph.see(sampler);
    List<ComfyNode> parts = new ArrayList<>(List.of(sampler));
    for (String part : List.of("guider", "noise", "sampler", "sigmas")) {
      graph.follow(sampler, part).ifPresent(parts::add);
    }
    named(parts, List.of("seed", "noise_seed"), draft::seed);
    named(parts, List.of("steps"), draft::steps);
    named(parts, List.of("cfg"), draft::guidance);
    named(parts, List.of("sampler_name"), (_, name) -> readName(name));
    named(parts, List.of("scheduler"), (_, name) -> draft.schedule(name));
    named(parts, List.of("denoise"), draft::strength);
    readPartOfSteps(sampler);
    parts.stream()
        .filter(part -> part.link("model").isPresent())
        .findFirst()
        .ifPresent(part -> chain(part, "model", this::readModel));
    draft.prompt(phrase(parts, List.of(POSITIVE, "conditioning")));
    draft.negativePrompt(phrase(parts, List.of(NEGATIVE)));
    chain(sampler, LATENT, this::readLatent);
  }

  private void readName(String name) {
    draft.sampler(name);
    draft.noise(name.endsWith("_gpu") ? Noise.GRAPHICS : Noise.PROCESSOR);
  }

  /** Hands on the first input of these names that some part has. */
  private void named(List<ComfyNode> parts, List<String> names, BiConsumer<String, String> to) {
    for (ComfyNode part : parts) {
      for (String name : names) {
        if (part.inputs().has(name)) {
          graph
              .value(part, name)
              .ifPresentOrElse(value -> to.accept(name, value), () -> remarkOnSource(part, name));
          return;
        }
      }
    }
  }

  private void remarkOnSource(ComfyNode node, String input) {
    graph.follow(node, input).ifPresent(source -> draft.unused(input, source.type()));
  }

  /** One of several samplers may do a part of the steps only. */
  private void readPartOfSteps(ComfyNode sampler) {
    sampler
        .value("start_at_step")
        .filter(step -> !step.equals("0"))
        .ifPresent(step -> draft.unused("start_at_step", step));
    Optional<String> steps = sampler.value("steps");
    sampler
        .value("end_at_step")
        .filter(step -> isLess(step, steps.orElse("")))
        .ifPresent(step -> draft.unused("end_at_step", step));
    sampler
        .value("add_noise")
        .filter(noise -> noise.equals("disable"))
        .ifPresent(noise -> draft.unused("add_noise", noise));
  }

  private static boolean isLess(String number, String other) {
    return number.matches("\\d{1,9}")
        && other.matches("\\d{1,9}")
        && Integer.parseInt(number) < Integer.parseInt(other);
  }

  /** All phrases that an input comes from, with commas between them. */
  private String phrase(List<ComfyNode> parts, List<String> inputs) {
    Deque<Link> open = new ArrayDeque<>();
    parts.stream()
        .flatMap(part -> inputs.stream().flatMap(input -> part.link(input).stream()))
        .findFirst()
        .ifPresent(open::add);
    Set<Link> followed = new HashSet<>();
    List<String> phrases = new ArrayList<>();
    while (!open.isEmpty()) {
      Link link = open.remove();
      // A node has one meaning for its first output and one for all others.
      if (followed.add(new Link(link.node(), Math.min(link.output(), 1)))) {
        graph.at(link).ifPresent(node -> readCondition(node, link.output(), phrases, open));
      }
    }
    return String.join(", ", phrases);
  }

  private void readCondition(ComfyNode node, int output, List<String> phrases, Deque<Link> open) {
    boolean first = !graph.isSeen(node);
    graph.see(node);
    if (node.type().equals("ConditioningZeroOut")) {
      return;
    }
    if (node.type().startsWith("CLIPTextEncode")) {
      readPhrase(node, phrases);
      chain(node, "clip", this::readTextEncoder);
      return;
    }
    if (first && !HARMLESS.contains(node.type())) {
      draft.unused(node.type(), node.description());
    }
    if (node.link(POSITIVE).isPresent() && node.link(NEGATIVE).isPresent()) {
      node.link(output == 0 ? POSITIVE : NEGATIVE).ifPresent(open::add);
      return;
    }
    node.inputs().propertyNames().stream()
        .filter(input -> input.startsWith("conditioning") || HARMLESS.contains(node.type()))
        .flatMap(input -> node.link(input).stream())
        .forEach(open::add);
  }

  /** XL's encoder takes two phrases, mostly the same; the one for the larger tower counts. */
  private void readPhrase(ComfyNode node, List<String> phrases) {
    String input = node.inputs().has("text") ? "text" : "text_g";
    Optional<String> text = graph.value(node, input);
    text.filter(words -> !words.isBlank()).ifPresent(phrases::add);
    if (text.isEmpty()) {
      remarkOnSource(node, input);
    }
    Optional<String> other = graph.value(node, "text_l");
    other.filter(words -> !text.equals(other)).ifPresent(words -> draft.unused("text_l", words));
  }

  /** Follows inputs of one name from node to node; those not seen before go to a reader. */
  private void chain(ComfyNode from, String input, Consumer<ComfyNode> reader) {
    Optional<ComfyNode> at = from.link(input).flatMap(graph::at);
    while (at.isPresent() && passed.add(new Passed(input, at.get().id()))) {
      ComfyNode node = at.get();
      if (!graph.isSeen(node)) {
        graph.see(node);
        reader.accept(node);
      }
      at = next(node, input);
    }
  }

  private Optional<ComfyNode> next(ComfyNode node, String input) {
    if (input.equals(LATENT) && draft.hasSize()) {
      return Optional.empty();
    }
    List<String> names =
        input.equals(LATENT)
            ? List.of("samples", "latent", LATENT, "pixels", "image")
            : List.of(input);
    return names.stream()
        .flatMap(name -> node.link(name).stream())
        .findFirst()
        .or(() ->
            HARMLESS.contains(node.type()) ? node.links().stream().findFirst() : Optional.empty())
        .flatMap(graph::at);
  }

  private void readModel(ComfyNode node) {
    Optional<String> file = node.value("ckpt_name").or(() -> node.value("unet_name"));
    if (file.isPresent()) {
      draft.model(file.get());
    } else {
      draft.unused(node.type(), node.description());
    }
  }

  private void readTextEncoder(ComfyNode node) {
    if (node.type().equals("CLIPSetLastLayer")) {
      // Counted from the end: -1 is the last.
      String layer = node.value("stop_at_clip_layer").orElse("");
      draft.clipSkip("stop_at_clip_layer", layer.startsWith("-") ? layer.substring(1) : layer);
    } else {
      draft.unused(node.type(), node.description());
    }
  }

  private void readLatent(ComfyNode node) {
    Optional<String> width = graph.value(node, "width");
    Optional<String> height = graph.value(node, "height");
    if (width.isPresent() && height.isPresent()) {
      draft.size("width, height", width.get(), height.get());
      node.value("batch_size")
          .filter(count -> !count.equals("1"))
          .ifPresent(count -> draft.unused("batch_size", count));
    }
    if (!node.type().startsWith("Empty") && !HARMLESS.contains(node.type())) {
      draft.unused(node.type(), node.description());
    }
  }

  private void remarkOnRest() {
    for (ComfyNode node : graph.nodes()) {
      if (!graph.isSeen(node) && !HARMLESS.contains(node.type())) {
        draft.unused(node.type(), node.description());
      }
    }
  }
}
