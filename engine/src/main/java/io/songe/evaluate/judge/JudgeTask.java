package io.songe.evaluate.judge;

import io.songe.data.Drawing;
import io.songe.nn.Weights;
import io.songe.random.Draws;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.Loss;
import io.songe.train.Player;
import io.songe.train.TrainingTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a judge learns: which caption of a batch is a picture's and which picture is a caption's
 * (Radford et al. 2021, figure 3), what the picture shows, and in which style. Drawings of one
 * concept that meet in a batch fit each other's captions as well (Yang et al. 2022, equation 3).
 */
final class JudgeTask implements TrainingTask, Player {
  static final String NAME = "judge";

  private static final double STYLES = .5;

  private final JudgeConfig config;
  private final Weights weights;
  private final DType dtype;
  private final List<Drawing> learned;
  private final Thumbnails thumbnails;
  private final int batch;
  private final Draws draws;
  private final WordPieces pieces;
  private final int[] concepts;
  private final int[] styles;
  private long orderOf = -1;
  private int[] order = {};

  /**
   * A task.
   *
   * @param config of the judge
   * @param weights that are trained
   * @param dtype in which it computes
   * @param learned the drawings
   * @param thumbnails of them, in their order
   * @param batch drawings in a step
   * @param seed of all choices
   */
  JudgeTask(
      JudgeConfig config,
      Weights weights,
      DType dtype,
      List<Drawing> learned,
      Thumbnails thumbnails,
      int batch,
      long seed) {
    this.config = config;
    this.weights = weights;
    this.dtype = dtype;
    this.learned = List.copyOf(learned);
    this.thumbnails = thumbnails;
    this.batch = batch;
    this.draws = new Draws(seed);
    this.pieces = new WordPieces(config.buckets());
    concepts = numbers(learned.stream().map(Drawing::concept).toList(), config.concepts());
    styles = numbers(learned.stream().map(Drawing::style).toList(), config.styles());
  }

  private static int[] numbers(List<String> names, List<String> known) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    known.forEach(name -> numbers.put(name, numbers.size()));
    return names.stream().mapToInt(name -> numbers.getOrDefault(name, 0)).toArray();
  }

  @Override
  public List<Player> players() {
    return List.of(this);
  }

  @Override
  public int samplesPerStep() {
    return batch;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Variable> variables() {
    return weights.variables();
  }

  @Override
  public Loss loss(long step, int part, int parts) {
    int from = (int) ((long) batch * part / parts);
    int to = (int) ((long) batch * (part + 1) / parts);
    int[] chosen = new int[to - from];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = drawing(step * batch + from + i);
    }
    long position = step * batch + from;
    JudgeNetwork network = new JudgeNetwork(config, weights.parameters(dtype));
    PictureTower.Seen seen = network.look(planes(chosen, position));
    Tensor features = network.features(seen);
    int[] conceptsHere = pick(concepts, chosen);
    Tensor fits = network.fits(features, network.read(pieces.batch(captions(chosen, position))));
    Tensor same = Targets.shared(conceptsHere);
    Tensor contrast =
        Functional.crossEntropy(fits, same)
            .plus(Functional.crossEntropy(fits.transpose(0, 1), same))
            .times(.5);
    Tensor concept =
        Functional.crossEntropy(
            network.concepts(features),
            Targets.nearlyCertain(conceptsHere, config.concepts().size()));
    Tensor style =
        Functional.crossEntropy(
            network.styles(seen),
            Targets.certain(pick(styles, chosen), Math.max(1, config.styles().size())));
    SequencedMap<String, Tensor> figures = new LinkedHashMap<>();
    figures.put("contrast", contrast);
    figures.put("concept", concept);
    figures.put("style", style);
    return new Loss(contrast.plus(concept).plus(style.times(STYLES)), figures);
  }

  /** Every drawing once in each round, in another order each. */
  private int drawing(long position) {
    long round = position / learned.size();
    if (round != orderOf) {
      order = draws.order(learned.size(), round);
      orderOf = round;
    }
    return order[(int) (position % learned.size())];
  }

  private Tensor planes(int[] chosen, long position) {
    int side = config.side();
    int size = PictureTower.PLANES * side * side;
    float[] values = new float[chosen.length * size];
    for (int i = 0; i < chosen.length; i++) {
      Viewing.drawn(draws.in(1), position + i)
          .see(thumbnails.levels(chosen[i]), side, values, i * size);
    }
    return Tensor.of(values, chosen.length, PictureTower.PLANES, side, side);
  }

  private List<String> captions(int[] chosen, long position) {
    String[] captions = new String[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      captions[i] = CaptionChoice.of(learned.get(chosen[i]), draws.in(2), position + i);
    }
    return List.of(captions);
  }

  private static int[] pick(int[] all, int[] chosen) {
    int[] picked = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      picked[i] = all[chosen[i]];
    }
    return picked;
  }
}
