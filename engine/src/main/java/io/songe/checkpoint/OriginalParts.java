package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalKind;
import io.songe.checkpoint.original.OriginalModel;
import io.songe.checkpoint.original.OriginalTensors;
import io.songe.checkpoint.original.Placement;
import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's parts turned into what an original file holds, if such a file can say what they are.
 */
final class OriginalParts {
  private OriginalParts() {}

  /**
   * Where each tensor of a model is to be written.
   *
   * @throws InvalidRequestException if what would be read back was another model
   */
  static OriginalModel of(ModelParts model) {
    requirePublishedNoise(model.scheduler());
    if (!(model.autoencoder().config() instanceof AutoencoderKlConfig autoencoder)) {
      throw impossible("its autoencoder is none of the large kind");
    }
    try {
      OriginalModel original =
          OriginalModel.of(
              kind(model),
              model.textEncoders().stream().map(ModelParts.Network::config).toList(),
              model.unet().config(),
              autoencoder);
      requireReadBack(model, original);
      return original;
    } catch (IllegalArgumentException nameless) {
      throw impossible(String.valueOf(nameless.getMessage()));
    }
  }

  private static OriginalKind kind(ModelParts model) {
    return switch (model.family()) {
      case ModelFamily.StableDiffusion _ ->
          switch (model.textEncoders().getFirst().config().activation()) {
            case QUICK_GELU -> OriginalKind.STABLE_DIFFUSION_1;
            case GELU -> OriginalKind.STABLE_DIFFUSION_2;
          };
      case ModelFamily.StableDiffusionXl _ -> OriginalKind.XL;
      case ModelFamily.StableDiffusionXlRefiner _ -> OriginalKind.XL_REFINER;
    };
  }

  private static void requirePublishedNoise(SchedulerConfig scheduler) {
    if (!scheduler.betas().equals(Betas.ScaledLinear.stableDiffusion())) {
      throw impossible("it was trained on other noise levels");
    }
    switch (scheduler.prediction()) {
      case Prediction.Epsilon _, Prediction.Velocity _ -> {}
      case Prediction.Sample _, Prediction.Flow _ ->
          throw impossible("it predicts neither noise nor velocity");
    }
  }

  /** What is not in the shapes must be as it is assumed of such files. */
  private static void requireReadBack(ModelParts model, OriginalModel original) {
    OriginalModel read;
    try {
      read =
          OriginalModel.of(new OriginalTensors(new FileLabel("the file"), shapes(model, original)));
    } catch (BrokenFileException unreadable) {
      throw impossible(String.valueOf(unreadable.getMessage()));
    }
    if (!SingleFile.family(read).equals(model.family())) {
      throw impossible(
          "what stands for an empty negative prompt, which a file does not say, is not as in published models");
    }
    requireSame("U-Net", model.unet().config(), read.unet().config());
    for (int i = 0; i < read.texts().size(); i++) {
      requireSame(
          "text encoder",
          withoutEnd(model.textEncoders().get(i).config()),
          withoutEnd(read.texts().get(i).config()));
    }
    requireSame(
        "autoencoder", sizes(original.autoencoder().config()), sizes(read.autoencoder().config()));
  }

  private static void requireSame(String what, Object is, Object read) {
    if (!is.equals(read)) {
      throw impossible(
          "heads, groups or other options of its %s, which a file does not say, are not those of published models"
              .formatted(what));
    }
  }

  /** How the end is found makes no difference where it is the vocabulary's last token. */
  private static ClipTextConfig withoutEnd(ClipTextConfig config) {
    return new ClipTextConfig(
        config.vocabulary(),
        config.width(),
        config.intermediateWidth(),
        config.layers(),
        config.heads(),
        config.positions(),
        config.activation(),
        config.epsilon(),
        new ClipTextConfig.EndOfText.LargestId(),
        config.projection());
  }

  /** Without what is a precaution of other programs. */
  private static AutoencoderKlConfig sizes(AutoencoderKlConfig config) {
    return new AutoencoderKlConfig(
        config.imageChannels(),
        config.latentChannels(),
        config.blockChannels(),
        config.layersPerBlock(),
        config.normGroups(),
        config.middleAttention(),
        config.quantConv(),
        config.postQuantConv(),
        true,
        config.scale());
  }

  private static InvalidRequestException impossible(String why) {
    return new InvalidRequestException(
        "this model cannot be one file with the original names, since "
            + why
            + "; save it as a folder");
  }

  private static Map<String, Shape> shapes(ModelParts model, OriginalModel original) {
    Map<String, Shape> shapes = new HashMap<>();
    forEach(
        model, original, (ours, place) -> shapes.put(place.name(), place.theirShape(ours.shape())));
    return shapes;
  }

  /**
   * The tensors of the file.
   *
   * @param memory for those that are not as ours
   */
  static List<StoredTensor> tensors(ModelParts model, OriginalModel original, Arena memory) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    forEach(
        model,
        original,
        (ours, place) -> tensors.put(place.name(), written(ours, place, tensors, memory)));
    return List.copyOf(tensors.values());
  }

  private static StoredTensor written(
      StoredTensor ours, Placement place, Map<String, StoredTensor> tensors, Arena memory) {
    Shape shape = place.theirShape(ours.shape());
    return switch (place.form()) {
      case Placement.Form.Whole _, Placement.Form.Pointwise _ ->
          new StoredTensor(place.name(), ours.dtype(), shape, ours.data());
      case Placement.Form.Transposed _ -> Placement.transposed(ours).named(place.name());
      case Placement.Form.Part(int index, int _) -> {
        StoredTensor joined =
            tensors.computeIfAbsent(
                place.name(),
                name ->
                    new StoredTensor(
                        name,
                        ours.dtype(),
                        shape,
                        memory.allocate(shape.elements() * ours.dtype().bytes(), Long.BYTES)));
        if (joined.dtype() != ours.dtype()) {
          throw new InvalidRequestException(
              "%s would be of two types, %s and %s; save the model in one precision first"
                  .formatted(place.name(), joined.dtype(), ours.dtype()));
        }
        long length = ours.data().byteSize();
        MemorySegment.copy(ours.data(), 0, joined.data(), index * length, length);
        yield joined;
      }
    };
  }

  /** What is done with one of our tensors and its place. */
  private interface Visitor {
    void visit(StoredTensor ours, Placement place);
  }

  private static void forEach(ModelParts model, OriginalModel original, Visitor visitor) {
    for (int i = 0; i < original.texts().size(); i++) {
      forEach(model.textEncoders().get(i), original.texts().get(i), visitor);
    }
    forEach(model.unet(), original.unet(), visitor);
    forEach(model.autoencoder(), original.autoencoder(), visitor);
  }

  private static void forEach(
      ModelParts.Network<?> network, OriginalModel.Part<?> part, Visitor visitor) {
    network
        .tensors()
        .forEach((name, tensor) -> {
          Placement place = part.placements().get(name);
          if (place == null) {
            throw impossible("it has a tensor " + name);
          }
          visitor.visit(tensor, place);
        });
  }
}
