package io.songe.train.textimage;

import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelFamily;
import io.songe.checkpoint.ModelFolderWriter;
import io.songe.checkpoint.ModelParts;
import io.songe.checkpoint.StoredTokenizer;
import io.songe.diffusion.SchedulerConfig;
import io.songe.format.StoredTensor;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import io.songe.tensor.Variable;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a complete model, in the published folder layout, of what a run has learned.
 *
 * @param card what it says of itself
 * @param scheduler how it was trained, and the sampler that suits it
 * @param text sizes of the text encoder
 * @param unet sizes of the U-Net
 * @param autoencoder with the scale that makes the standard deviation of its latents 1; its tensors
 *     live as long as this is used
 * @param tokenizer of the captions
 * @param dtype in which weights are written
 */
public record TextImageExport(
    ModelCard card,
    SchedulerConfig scheduler,
    ClipTextConfig text,
    UNetConfig unet,
    ModelParts.Network<AutoencoderConfig> autoencoder,
    StoredTokenizer tokenizer,
    DType dtype) {
  /**
   * Writes the model, in place of the one that is there.
   *
   * @param folder of the model
   * @param averages of the player {@link TextToImageTask#PLAYER}, by the variables' names
   * @throws io.songe.error.BrokenFileException if that fails
   */
  public void write(Path folder, Map<String, StoredTensor> averages) {
    Map<String, StoredTensor> ofText = new LinkedHashMap<>();
    Map<String, StoredTensor> ofUnet = new LinkedHashMap<>();
    TextImageNetworks.divide(
        averages,
        (name, tensor) -> ofText.put(name, tensor.named(name)),
        (name, tensor) -> ofUnet.put(name, tensor.named(name)));
    ModelParts model =
        new ModelParts(
            card,
            new ModelFamily.StableDiffusion(false),
            scheduler,
            List.of(new ModelParts.Network<>(text, ofText)),
            new ModelParts.Network<>(unet, ofUnet),
            autoencoder,
            tokenizer.files());
    ModelFolderWriter.replace(model, folder, dtype);
  }

  /**
   * {@return copies of variables, as files hold them}
   *
   * @param variables by name
   */
  public static Map<String, StoredTensor> stored(Map<String, Variable> variables) {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    variables.forEach((name, variable) ->
        stored.put(
            name,
            new StoredTensor(
                name,
                variable.value().dtype(),
                variable.shape(),
                MemorySegment.ofArray(variable.value().toBytes()))));
    return stored;
  }
}
