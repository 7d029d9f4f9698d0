package io.songe.train.textimage;

import io.songe.diffusion.Conditioning;
import io.songe.error.InvalidRequestException;
import io.songe.model.HiddenLayer;
import io.songe.model.TextEncoder;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.text.TokenIds;
import io.songe.train.Loss;
import io.songe.train.Player;
import io.songe.train.TrainingTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Text encoder and U-Net together learn to remove noise from latents whose captions they are told.
 * Rombach et al. 2022, equation 3, but that the text encoder is not a published one and learns too.
 * What a step looks at is said by {@link SampleDraws}.
 */
public final class TextToImageTask implements TrainingTask {
  /** What the one player is called in files. */
  public static final String PLAYER = "model";

  private final TextImageNetworks networks;
  private final LatentShards samples;
  private final TextToImageOptions options;
  private final TokenIds empty;
  private final DenoisingLoss loss;
  private final SampleDraws draws;
  private final Model model = new Model();

  /**
   * A task.
   *
   * @param networks that learn; open as long as the task is used
   * @param samples that they learn from; open as long as the task is used
   * @param options how
   * @param empty tokens of the empty caption, which stands where one is left out
   * @throws InvalidRequestException if networks and samples do not fit each other
   */
  public TextToImageTask(
      TextImageNetworks networks,
      LatentShards samples,
      TextToImageOptions options,
      TokenIds empty) {
    requireFit(networks, samples);
    this.networks = networks;
    this.samples = samples;
    this.options = options;
    this.empty = empty;
    loss = new DenoisingLoss(new Noising(options.scheduler()), options.weighting());
    draws =
        new SampleDraws(
            options.seed(), samples.size(), options.batch(), options.looks(), options.levels());
  }

  private static void requireFit(TextImageNetworks networks, LatentShards samples) {
    if (networks.unetConfig().inputChannels() != samples.latent().dim(0)) {
      throw new InvalidRequestException(
          "the U-Net sees latents of %d channels, and these have %d; they are of another autoencoder"
              .formatted(networks.unetConfig().inputChannels(), samples.latent().dim(0)));
    }
    if (networks.textConfig().positions() < samples.length()) {
      throw new InvalidRequestException(
          "the text encoder reads %d tokens, and captions have %d; they are of another tokenizer"
              .formatted(networks.textConfig().positions(), samples.length()));
    }
    int halvings = networks.unetConfig().levels().size() - 1;
    long side = samples.latent().dim(1);
    if (side % (1L << halvings) != 0) {
      throw new InvalidRequestException(
          "a U-Net of %d levels halves latents %d times, and those of %dx%d cannot be; choose fewer levels or larger pictures"
              .formatted(halvings + 1, halvings, side, side));
    }
  }

  @Override
  public List<Player> players() {
    return List.of(model);
  }

  @Override
  public int samplesPerStep() {
    return options.batch();
  }

  private final class Model implements Player {
    private Duration dataTime = Duration.ZERO;

    @Override
    public String name() {
      return PLAYER;
    }

    @Override
    public Map<String, Variable> variables() {
      return networks.variables();
    }

    @Override
    public Set<String> hidden() {
      return networks.hidden();
    }

    @Override
    public Loss loss(long step, int part, int parts) {
      long began = System.nanoTime();
      var drawn = SampleDraws.Part.of(step, part, parts, options.batch());
      int[] chosen = draws.samples(drawn);
      Tensor clean = samples.latents(chosen);
      Tensor noise = draws.noise(drawn, samples.latent());
      Tensor captions = captions(drawn, chosen);
      dataTime = Duration.ofNanos(System.nanoTime() - began);
      TextEncoder text = networks.textEncoder(options.dtype());
      Tensor context = forAllLooks(text.encode(captions, HiddenLayer.last()).tokens());
      DenoisingLoss.Errors errors =
          loss.of(
              networks.noisePredictor(options.dtype()),
              clean,
              noise,
              draws.levels(drawn),
              Conditioning.of(context));
      SequencedMap<String, Tensor> figures = new LinkedHashMap<>();
      figures.put("unweighted", errors.plain());
      return new Loss(errors.total(), figures);
    }

    @Override
    public Duration dataTime() {
      return dataTime;
    }

    /** INT64 [samples / looks, length]. */
    private Tensor captions(SampleDraws.Part drawn, int[] chosen) {
      Tensor told = samples.tokens(chosen, draws.captions(drawn, samples.captions()));
      boolean[] leftOut = draws.leftOut(drawn, options.dropout());
      int length = samples.length();
      int count = leftOut.length / options.looks();
      long[] all = told.toLongs();
      long[] ids = new long[count * length];
      for (int i = 0; i < count; i++) {
        int sample = i * options.looks();
        for (int k = 0; k < length; k++) {
          ids[i * length + k] = leftOut[sample] ? empty.at(k) : all[sample * length + k];
        }
      }
      return Tensor.of(ids, count, length);
    }

    /** [captions, length, width] to [captions * looks, length, width]. */
    private Tensor forAllLooks(Tensor context) {
      if (options.looks() == 1) {
        return context;
      }
      return context
          .unsqueeze(1)
          .expand(-1, options.looks(), -1, -1)
          .reshape(-1, context.dim(1), context.dim(2));
    }
  }
}
