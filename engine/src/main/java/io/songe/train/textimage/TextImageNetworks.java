package io.songe.train.textimage;

import io.songe.checkpoint.ModelFamily;
import io.songe.checkpoint.ModelParts;
import io.songe.diffusion.NoisePredictor;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.format.StoredTensor;
import io.songe.model.TextEncoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A text encoder and a U-Net that are trained together, and their weights. In files of a run their
 * variables are called {@code text_encoder.} and {@code unet.}, followed by the networks' own
 * names.
 */
public final class TextImageNetworks implements AutoCloseable {
  /** Before the names of the text encoder's variables. */
  static final String TEXT = "text_encoder.";

  /** Before the names of the U-Net's variables. */
  static final String UNET = "unet.";

  /**
   * Begins as zeros, so that an untrained network answers nothing, as the mean of all answers is.
   */
  private static final String LAST_LAYER = "conv_out";

  /** Parts of the names of layers that read, or answer. */
  private static final List<String> OUTERMOST =
      List.of(
          "token_embedding", "position_embedding", "positional_embedding", "conv_in", LAST_LAYER);

  private final ClipTextConfig textConfig;
  private final UNetConfig unetConfig;
  private final Weights text;
  private final Weights unet;

  private TextImageNetworks(
      ClipTextConfig textConfig, UNetConfig unetConfig, Weights text, Weights unet) {
    this.textConfig = textConfig;
    this.unetConfig = unetConfig;
    this.text = text;
    this.unet = unet;
  }

  /**
   * Networks that know nothing yet.
   *
   * @param text sizes of the text encoder
   * @param unet sizes of the U-Net
   * @param seed any number: another beginning for each
   * @return the networks, alive until they are closed
   */
  public static TextImageNetworks initial(ClipTextConfig text, UNetConfig unet, long seed) {
    return new TextImageNetworks(
        text,
        unet,
        Weights.initial(p -> new ClipTextEncoder(text, p), Initialization.of(seed)),
        Weights.initial(p -> new UNet(unet, p), new Initialization(seed + 1, Set.of(LAST_LAYER))));
  }

  /**
   * Networks with given weights.
   *
   * @param textConfig sizes of the text encoder
   * @param unetConfig sizes of the U-Net
   * @param text weights of the text encoder, all that it needs; closed with the networks
   * @param unet weights of the U-Net, all that it needs; closed with the networks
   * @return the networks, alive until they are closed
   */
  public static TextImageNetworks of(
      ClipTextConfig textConfig, UNetConfig unetConfig, Weights text, Weights unet) {
    return new TextImageNetworks(textConfig, unetConfig, text, unet);
  }

  /**
   * Networks that begin as those of a model.
   *
   * @param model open until this returns
   * @return the networks, alive until they are closed
   * @throws InvalidRequestException if the model is of another kind than those that are trained
   *     here
   */
  public static TextImageNetworks of(ModelParts model) {
    if (!(model.family() instanceof ModelFamily.StableDiffusion(boolean inpainting))
        || inpainting) {
      throw new InvalidRequestException(
          "%s is of the family %s; training begins from a plain Stable Diffusion with one text encoder"
              .formatted(model.card().name(), model.family()));
    }
    ModelParts.Network<ClipTextConfig> text = model.textEncoders().getFirst();
    return of(
        text.config(),
        model.unet().config(),
        weights(text.tensors()),
        weights(model.unet().tensors()));
  }

  private static Weights weights(Map<String, StoredTensor> stored) {
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      stored.forEach((name, tensor) -> values.put(name, tensor.toTensor()));
      return Weights.of(values);
    }
  }

  /**
   * {@return networks of these sizes with copies of other values, alive until they are closed}
   *
   * @param values of all {@link #variables()}, by their names
   */
  TextImageNetworks withValues(Map<String, Variable> values) {
    Map<String, Tensor> ofText = new LinkedHashMap<>();
    Map<String, Tensor> ofUnet = new LinkedHashMap<>();
    divide(
        values,
        (name, variable) -> ofText.put(name, variable.value()),
        (name, variable) -> ofUnet.put(name, variable.value()));
    return of(textConfig, unetConfig, Weights.of(ofText), Weights.of(ofUnet));
  }

  /** {@return the sizes of the text encoder} */
  public ClipTextConfig textConfig() {
    return textConfig;
  }

  /** {@return the sizes of the U-Net} */
  public UNetConfig unetConfig() {
    return unetConfig;
  }

  /** {@return the weights of the text encoder} */
  public Weights text() {
    return text;
  }

  /** {@return the weights of the U-Net} */
  public Weights unet() {
    return unet;
  }

  /**
   * The text encoder on its present weights, within the present scope.
   *
   * @param dtype in which it computes
   * @return the network
   */
  public TextEncoder textEncoder(DType dtype) {
    return new ClipTextEncoder(textConfig, text.parameters(dtype));
  }

  /**
   * The U-Net on its present weights, within the present scope.
   *
   * @param dtype in which it computes
   * @return the network
   */
  public NoisePredictor noisePredictor(DType dtype) {
    return new UNet(unetConfig, unet.parameters(dtype));
  }

  /** {@return the variables of both, by their names in files} */
  public SequencedMap<String, Variable> variables() {
    SequencedMap<String, Variable> all = new LinkedHashMap<>();
    text.variables().forEach((name, variable) -> all.put(TEXT + name, variable));
    unet.variables().forEach((name, variable) -> all.put(UNET + name, variable));
    return all;
  }

  /** {@return names of the variables that are no embedding and no first or last convolution} */
  public Set<String> hidden() {
    return variables().keySet().stream()
        .filter(name -> OUTERMOST.stream().noneMatch(name::contains))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Divides what has a value for each variable among the two networks.
   *
   * @param <T> kind of value
   * @param all by the names in files
   * @param text is given the text encoder's, by its own names
   * @param unet is given the U-Net's, by its own names
   */
  public static <T> void divide(
      Map<String, T> all, BiConsumer<String, T> text, BiConsumer<String, T> unet) {
    all.forEach((name, value) -> {
      if (name.startsWith(TEXT)) {
        text.accept(name.substring(TEXT.length()), value);
      } else if (name.startsWith(UNET)) {
        unet.accept(name.substring(UNET.length()), value);
      } else {
        throw new EngineException("a variable of neither network: " + name);
      }
    });
  }

  @Override
  public void close() {
    text.close();
    unet.close();
  }
}
