package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalModel;
import io.songe.diffusion.Prediction;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.file.FileTree;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.text.ClipTokenizer;
import io.songe.text.PublishedTokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a model as one file with the names of the original program, which most programs read. Such
 * a file says little beside the weights: a model is refused that could not be read back from it.
 * The sampler that its authors mean, its styles, steps and guidance are not kept. A tokenizer that
 * is not CLIP's own is written beside the file, into a folder named as the file with {@code
 * .tokenizer} for its extension.
 */
public final class SingleFileWriter {
  /** The extension of the files that are written. */
  public static final String EXTENSION = ".safetensors";

  private final ModelParts model;
  private final OriginalModel original;
  private final Optional<DType> dtype;
  private final Path target;

  private SingleFileWriter(ModelParts model, Optional<DType> dtype, Path target) {
    this.model = model;
    this.original = OriginalParts.of(model);
    this.dtype = dtype;
    this.target = target;
  }

  /**
   * Writes a model with every tensor in the type that it has.
   *
   * @param model to write, open until then
   * @param target a file that does not exist yet; its folder must
   * @throws InvalidRequestException if the target exists or its folder does not, or the model is of
   *     another kind than Stable Diffusion 1, 2 and XL or has options that they have not
   * @throws BrokenFileException if something cannot be read or written; nothing of the target is
   *     left then
   */
  public static void write(ModelParts model, Path target) {
    write(model, target, Optional.empty());
  }

  /**
   * Writes a model with its weights in one type.
   *
   * @param model to write, open until then
   * @param target a file that does not exist yet; its folder must
   * @param dtype FLOAT32, BFLOAT16 or FLOAT16
   * @throws InvalidRequestException as {@link #write(ModelParts, Path)}, or if a weight is beyond
   *     the range of the type
   * @throws BrokenFileException if something cannot be read or written; nothing of the target is
   *     left then
   */
  public static void write(ModelParts model, Path target, DType dtype) {
    write(model, target, Optional.of(dtype));
  }

  private static void write(ModelParts model, Path target, Optional<DType> dtype) {
    FileLabel label = FileLabel.of(target);
    Path above = ModelFolderWriter.requireWritable(target, label, dtype);
    SingleFileWriter writer = new SingleFileWriter(model, dtype, target);
    Path work = above.resolve("." + UUID.randomUUID() + ".part");
    try {
      Files.createDirectory(work);
      Map<Path, Path> tokenizers = writer.tokenizers(work);
      writer.writeWeights();
      for (Map.Entry<Path, Path> tokenizer : tokenizers.entrySet()) {
        Files.move(tokenizer.getKey(), tokenizer.getValue());
      }
      FileTree.delete(work);
    } catch (IOException failure) {
      ModelFolderWriter.remove(target, failure);
      ModelFolderWriter.remove(work, failure);
      throw label.broken(
          "could not be written (%s), nothing of it is left; free some space or choose another folder"
              .formatted(FileLabel.reason(failure)),
          failure);
    } catch (RuntimeException failure) {
      ModelFolderWriter.remove(work, failure);
      throw failure;
    }
  }

  /** Writes those tokenizers that are not CLIP's; where they are, and where they shall be. */
  private Map<Path, Path> tokenizers(Path work) throws IOException {
    Map<Path, Path> moves = new LinkedHashMap<>();
    List<TowerFolders> towers = TowerFolders.of(model.family());
    for (int i = 0; i < towers.size(); i++) {
      String name = towers.get(i).tokenizer();
      Path written = Files.createDirectory(work.resolve(name));
      for (Map.Entry<String, Companion> copy : model.copies().entrySet()) {
        if (copy.getKey().startsWith(name + "/")) {
          ModelFolderWriter.copy(copy.getValue(), work.resolve(copy.getKey()));
        }
      }
      PublishedTokenizer published = SingleFile.published(model.textEncoders().get(i).config());
      if (!ClipTokenizer.open(written).agreesWith(published.open())) {
        Path beside = SingleFile.tokenizerBeside(target, towers.get(i));
        ModelFolderWriter.requireWritable(beside, FileLabel.of(beside), dtype);
        moves.put(written, beside);
      }
    }
    return moves;
  }

  private void writeWeights() {
    try (Arena joined = Arena.ofShared()) {
      List<StoredTensor> tensors = new ArrayList<>(OriginalParts.tensors(model, original, joined));
      if (predictsVelocity()) {
        tensors.add(mark(OriginalScheduler.VELOCITY_MARK));
      }
      if (model.scheduler().zeroTerminalSignal()) {
        tensors.add(mark(OriginalScheduler.ZERO_SIGNAL_MARK));
      }
      if (dtype.isPresent()) {
        SafetensorsWriter.write(target, tensors, dtype.get(), metadata());
      } else {
        SafetensorsWriter.write(target, tensors, metadata());
      }
    }
  }

  private boolean predictsVelocity() {
    return model.scheduler().prediction() instanceof Prediction.Velocity;
  }

  /** A tensor that says something by being there. */
  private static StoredTensor mark(String name) {
    return new StoredTensor(name, DType.UINT8, Shape.of(1), MemorySegment.ofArray(new byte[1]));
  }

  private Map<String, String> metadata() {
    ModelCard card = model.card();
    String side = String.valueOf(card.side());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("modelspec.sai_model_spec", "1.0.1");
    metadata.put("modelspec.architecture", architecture());
    metadata.put("modelspec.implementation", "https://github.com/Stability-AI/generative-models");
    metadata.put("modelspec.title", card.name());
    metadata.put(SingleFile.RESOLUTION, side + "x" + side);
    metadata.put(OriginalScheduler.PREDICTION_TYPE, predictsVelocity() ? "v" : "epsilon");
    if (!card.licence().equals(ModelCard.UNKNOWN)) {
      metadata.put(SingleFile.LICENCE, card.licence());
    }
    return metadata;
  }

  private String architecture() {
    return switch (original.kind()) {
      case STABLE_DIFFUSION_1 -> "stable-diffusion-v1";
      case STABLE_DIFFUSION_2 ->
          predictsVelocity() ? "stable-diffusion-v2-768-v" : "stable-diffusion-v2-512";
      case XL -> "stable-diffusion-xl-v1-base";
      case XL_REFINER -> "stable-diffusion-xl-v1-refiner";
    };
  }
}
