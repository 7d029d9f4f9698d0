package io.songe.models;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of a model's files are needed to draw. Models are published with the same weights several
 * times over, for several libraries and in several precisions; one of them is enough.
 */
final class NeededFiles {
  private static final Set<String> PARTS =
      Set.of(
          "scheduler", "tokenizer", "tokenizer_2", "text_encoder", "text_encoder_2", "unet", "vae");

  private static final Set<String> AT_THE_TOP =
      Set.of("model_index.json", "songe.json", "readme.md", "notice");

  /** {@code diffusion_pytorch_model.fp16-00001-of-00002.safetensors}, say. */
  private static final Pattern WEIGHTS =
      Pattern.compile(
          "(?:model|pytorch_model|diffusion_pytorch_model)(?:\\.(?<variant>fp32|fp16|bf16))?"
              + "(?:-\\d{5}-of-\\d{5})?\\.(?<format>safetensors|bin)");

  /** {@code diffusion_pytorch_model.safetensors.index.fp16.json}, say. */
  private static final Pattern INDEX =
      Pattern.compile(
          "(?:model|pytorch_model|diffusion_pytorch_model)\\.(?<format>safetensors|bin)"
              + "\\.index(?:\\.(?<variant>fp32|fp16|bf16))?\\.json");

  private static final Pattern WHOLE_MODEL = Pattern.compile("(?i).*\\.(?:safetensors|ckpt|gguf)");

  /** Whole precision first, and what needs no pickle first. */
  private static final List<Kind> PREFERRED =
      List.of(
          new Kind("", "safetensors"),
          new Kind("fp32", "safetensors"),
          new Kind("fp16", "safetensors"),
          new Kind("bf16", "safetensors"),
          new Kind("", "bin"),
          new Kind("fp32", "bin"),
          new Kind("fp16", "bin"),
          new Kind("bf16", "bin"));

  private NeededFiles() {}

  /** One of the ways in which a part's weights are published. */
  private record Kind(String variant, String format) {}

  /**
   * The files of a model in the published folder layout.
   *
   * @param variant the precision preferred, such as {@code fp16}; empty for the whole one
   * @throws InvalidRequestException if a part has no weights that can be opened
   */
  static List<HubFile> ofFolder(HubModel model, String variant) {
    Map<String, List<HubFile>> byFolder =
        model.files().stream().collect(Collectors.groupingBy(HubFile::folder));
    List<HubFile> needed = new ArrayList<>();
    byFolder.getOrDefault("", List.of()).stream()
        .filter(file -> isAtTheTop(file.name().toLowerCase(Locale.ROOT)))
        .forEach(needed::add);
    for (String part : PARTS.stream().sorted().toList()) {
      needed.addAll(ofPart(model, byFolder.getOrDefault(part, List.of()), variant));
    }
    return needed;
  }

  private static boolean isAtTheTop(String name) {
    return AT_THE_TOP.contains(name) || name.startsWith("license") || name.startsWith("licence");
  }

  private static List<HubFile> ofPart(HubModel model, List<HubFile> inPart, String variant) {
    List<HubFile> needed =
        new ArrayList<>(inPart.stream().filter(NeededFiles::isDescription).toList());
    Map<Kind, List<HubFile>> weights =
        inPart.stream()
            .filter(file -> WEIGHTS.matcher(file.name()).matches())
            .collect(Collectors.groupingBy(file -> kind(WEIGHTS, file)));
    boolean others =
        inPart.stream().anyMatch(file -> file.name().matches(".*\\.(onnx|msgpack|h5)"));
    if (weights.isEmpty() && others) {
      throw new InvalidRequestException(
          "%s publishes its part %s for other programs alone; ask its authors for .safetensors files"
              .formatted(model.id(), FileLabel.quote(inPart.getFirst().folder())));
    }
    if (weights.isEmpty()) {
      return needed;
    }
    Kind chosen =
        PREFERRED.stream()
            .filter(weights::containsKey)
            .min(
                Comparator.comparing((Kind kind) -> !kind.format().equals("safetensors"))
                    .thenComparing(kind -> !kind.variant().equals(variant)))
            .orElseThrow();
    needed.addAll(weights.getOrDefault(chosen, List.of()));
    inPart.stream()
        .filter(file -> INDEX.matcher(file.name()).matches() && kind(INDEX, file).equals(chosen))
        .forEach(needed::add);
    return needed;
  }

  private static boolean isDescription(HubFile file) {
    return !INDEX.matcher(file.name()).matches() && file.name().matches(".*\\.(json|txt)");
  }

  private static Kind kind(Pattern pattern, HubFile file) {
    Matcher parts = pattern.matcher(file.name());
    if (!parts.matches()) {
      throw new IllegalArgumentException(file.name());
    }
    String variant = parts.group("variant");
    return new Kind(variant == null ? "" : variant, parts.group("format"));
  }

  /**
   * The file of a model that is one file.
   *
   * @param path the file wanted; empty where there is but one
   * @throws InvalidRequestException if it is not there, or none is named and there are several
   */
  static HubFile single(HubModel model, String path) {
    List<HubFile> whole =
        model.files().stream()
            .filter(file -> WHOLE_MODEL.matcher(file.name()).matches())
            .filter(file -> path.isEmpty() ? file.folder().isEmpty() : file.path().equals(path))
            .toList();
    if (whole.size() == 1) {
      return whole.getFirst();
    }
    String known =
        model.files().stream()
            .map(HubFile::path)
            .filter(file -> WHOLE_MODEL.matcher(file).matches())
            .limit(20)
            .collect(Collectors.joining(", "));
    if (known.isEmpty()) {
      throw new InvalidRequestException(
          "%s holds no model that can be drawn with: neither model_index.json nor a .safetensors, .ckpt or .gguf file"
              .formatted(model.id()));
    }
    throw new InvalidRequestException(
        path.isEmpty()
            ? "%s holds several models; name one with --file: %s".formatted(model.id(), known)
            : "%s holds no model file %s; there are %s"
                .formatted(model.id(), FileLabel.quote(path), known));
  }
}
