package io.songe.train.textimage;

import io.songe.data.Drawing;
import io.songe.error.InvalidRequestException;
import io.songe.format.StoredTensor;
import io.songe.model.HiddenLayer;
import io.songe.model.TextFeatures;
import io.songe.nn.Initialization;
import io.songe.nn.Linear;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.Loss;
import io.songe.train.Player;
import io.songe.train.TrainingTask;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Before any picture, the text encoder learns to name the concept and the style that a caption is
 * about, so that the U-Net meets meaning and not letters: two linear maps of the text's pooled
 * features, and the cross-entropy of each. Captions of which a part names no style only teach how
 * frequent the styles are.
 *
 * <p>Samples that show several drawings are left out. Which are looked at in a step is said by
 * {@link SampleDraws}, of the samples that are left.
 */
public final class WordTask implements TrainingTask, AutoCloseable {
  /** What the one player is called in files. */
  public static final String PLAYER = "words";

  /** Before the names of the linear maps' variables. */
  private static final String HEADS = "heads.";

  private static final String CONCEPT = "concept";
  private static final String STYLE = "style";

  /** A style is easier to learn than one of thousands of concepts. */
  private static final double WEIGHT_OF_STYLE = .3;

  private final TextImageNetworks networks;
  private final LatentShards samples;
  private final int batch;
  private final DType dtype;
  private final int[] single;
  private final int[] concepts;
  private final int[] styles;
  private final int conceptCount;
  private final int styleCount;
  private final Weights heads;
  private final SampleDraws draws;

  /**
   * A task.
   *
   * @param networks whose text encoder learns; open as long as the task is used
   * @param samples whose captions it reads; open as long as the task is used
   * @param drawings of the corpus that the samples are of
   * @param batch captions in a step, at least 1
   * @param seed of everything that is left to chance
   * @param dtype in which the network computes
   * @throws InvalidRequestException if no sample shows one drawing alone
   */
  public WordTask(
      TextImageNetworks networks,
      LatentShards samples,
      List<Drawing> drawings,
      int batch,
      long seed,
      DType dtype) {
    this.networks = networks;
    this.samples = samples;
    this.batch = batch;
    this.dtype = dtype;
    single =
        IntStream.range(0, samples.size()).filter(i -> samples.drawing(i).isPresent()).toArray();
    if (single.length == 0) {
      throw new InvalidRequestException(
          "no picture shows one thing alone, so words cannot be learned from captions; add plain pictures to the shares");
    }
    List<Drawing> shown =
        IntStream.of(single)
            .mapToObj(sample -> drawings.get(samples.drawing(sample).orElseThrow()))
            .toList();
    Map<String, Integer> byConcept = numbered(shown.stream().map(Drawing::concept).toList());
    Map<String, Integer> byStyle = numbered(shown.stream().map(Drawing::style).toList());
    concepts =
        shown.stream().mapToInt(drawing -> byConcept.getOrDefault(drawing.concept(), 0)).toArray();
    styles = shown.stream().mapToInt(drawing -> byStyle.getOrDefault(drawing.style(), 0)).toArray();
    conceptCount = byConcept.size();
    styleCount = byStyle.size();
    int width = networks.textConfig().width();
    heads =
        Weights.initial(
            p -> {
              new Linear(width, conceptCount, p.in(CONCEPT));
              new Linear(width, styleCount, p.in(STYLE));
            },
            Initialization.of(seed));
    draws = new SampleDraws(seed, single.length, batch);
  }

  private static Map<String, Integer> numbered(List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    new TreeSet<>(names).forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }

  /**
   * One tensor of the text encoder.
   *
   * @param averages of the player {@link #PLAYER}, by the variables' names
   * @param name among the text encoder's own
   */
  static StoredTensor ofText(Map<String, StoredTensor> averages, String name) {
    return Objects.requireNonNull(averages.get(TextImageNetworks.TEXT + name), name);
  }

  @Override
  public List<Player> players() {
    return List.of(new Words());
  }

  @Override
  public int samplesPerStep() {
    return batch;
  }

  @Override
  public void close() {
    heads.close();
  }

  private final class Words implements Player {
    @Override
    public String name() {
      return PLAYER;
    }

    @Override
    public Map<String, Variable> variables() {
      SequencedMap<String, Variable> all = new LinkedHashMap<>();
      networks
          .text()
          .variables()
          .forEach((name, variable) -> all.put(TextImageNetworks.TEXT + name, variable));
      heads.variables().forEach((name, variable) -> all.put(HEADS + name, variable));
      return all;
    }

    @Override
    public Loss loss(long step, int part, int parts) {
      var drawn = SampleDraws.Part.of(step, part, parts, batch);
      int[] places = draws.samples(drawn);
      int[] chosen = IntStream.of(places).map(place -> single[place]).toArray();
      Tensor ids = samples.tokens(chosen, draws.captions(drawn, samples.captions()));
      TextFeatures features = networks.textEncoder(dtype).encode(ids, HiddenLayer.last());
      Tensor concept = named(CONCEPT, conceptCount, features.pooled());
      Tensor style = named(STYLE, styleCount, features.pooled());
      int[] concepts = IntStream.of(places).map(place -> WordTask.this.concepts[place]).toArray();
      int[] styles = IntStream.of(places).map(place -> WordTask.this.styles[place]).toArray();
      SequencedMap<String, Tensor> figures = new LinkedHashMap<>();
      figures.put("concepts_named", Tensor.full(right(concept, concepts)));
      figures.put("styles_named", Tensor.full(right(style, styles)));
      return new Loss(
          crossEntropy(concept, concepts).plus(crossEntropy(style, styles).times(WEIGHT_OF_STYLE)),
          figures);
    }

    private Tensor named(String what, int count, Tensor pooled) {
      return new Linear(
              networks.textConfig().width(), count, heads.parameters(DType.FLOAT32).in(what))
          .forward(pooled);
    }
  }

  /** The mean of {@code -log softmax(scores)} at what is right; scores [batch, names]. */
  private static Tensor crossEntropy(Tensor scores, int[] right) {
    int names = Math.toIntExact(scores.dim(1));
    float[] at = new float[right.length * names];
    for (int i = 0; i < right.length; i++) {
      at[i * names + right[i]] = 1;
    }
    Tensor shifted = scores.minus(scores.max(1));
    Tensor all = shifted.exp().sum(1).log();
    Tensor told = shifted.times(Tensor.of(at, right.length, names)).sum(1);
    return all.minus(told).mean();
  }

  private static double right(Tensor scores, int[] right) {
    long[] said = scores.argmax(1).toLongs();
    return IntStream.range(0, right.length).filter(i -> said[i] == right[i]).count()
        / (double) right.length;
  }
}
