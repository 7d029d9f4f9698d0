package io.songe.evaluate.judge;

import io.songe.error.EngineException;
import io.songe.image.Image;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A trained judge. It computes in FLOAT32 and on few numbers, so that the same pictures get the
 * same opinion wherever they are judged, but for roundings.
 */
public final class Judge implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final int NAMED = 5;

  private final JudgeConfig config;
  private final JudgeCard card;
  private final NamedParameters parameters;
  private final JudgeNetwork network;
  private final WordPieces pieces;

  /**
   * A judge of its weights.
   *
   * @param card says what it is
   * @param weights by whole name, in FLOAT32; not needed afterwards
   */
  Judge(JudgeCard card, Map<String, Tensor> weights) {
    this.card = card;
    config = card.config();
    parameters = new NamedParameters(card.name(), DType.FLOAT32, weights::get);
    try (Scope _ = Scope.open()) {
      network = new JudgeNetwork(config, parameters);
      parameters.refuseUnused(weights.keySet());
    }
    pieces = new WordPieces(config.buckets());
  }

  /**
   * Opens a judge.
   *
   * @param folder of a judge
   * @return the judge, to be closed
   * @throws io.songe.error.BrokenFileException if a file is missing or damaged
   */
  public static Judge open(Path folder) {
    return JudgeFolder.read(folder);
  }

  /** {@return what the judge says of itself} */
  public JudgeCard card() {
    return card;
  }

  /**
   * Judges pictures.
   *
   * @param pictures of any size
   * @return an opinion of each
   */
  public List<Opinion> look(List<Image> pictures) {
    return look(pictures.size(), pictures::get);
  }

  /**
   * Judges pictures, of which only a few are in memory at a time.
   *
   * @param count how many
   * @param pictures gives them by number, each once and in order
   * @return an opinion of each
   */
  public List<Opinion> look(int count, IntFunction<Image> pictures) {
    List<Opinion> opinions = new ArrayList<>();
    for (int from = 0; from < count; from += AT_ONCE) {
      int start = from;
      int size = Math.min(AT_ONCE, count - from);
      opinions.addAll(look(Thumbnails.of(size, i -> pictures.apply(start + i), config.side())));
    }
    return List.copyOf(opinions);
  }

  List<Opinion> look(Thumbnails thumbnails) {
    List<Opinion> opinions = new ArrayList<>();
    for (int from = 0; from < thumbnails.count(); from += AT_ONCE) {
      opinions.addAll(look(thumbnails, from, Math.min(thumbnails.count(), from + AT_ONCE)));
    }
    return opinions;
  }

  private List<Opinion> look(Thumbnails thumbnails, int from, int to) {
    try (Scope _ = Scope.open()) {
      PictureTower.Seen seen = network.look(thumbnails.planes(from, to));
      Tensor features = network.features(seen);
      float[] all = features.toFloats();
      float[] concepts = network.concepts(features).toFloats();
      float[] styles = network.styles(seen).toFloats();
      if (!features.isFinite()) {
        throw new EngineException("the judge's features are not finite");
      }
      return IntStream.range(0, to - from)
          .mapToObj(i ->
              new Opinion(
                  Features.row(all, config.features(), i),
                  first(config.concepts(), concepts, i, NAMED),
                  first(config.styles(), styles, i, config.styles().size())))
          .toList();
    }
  }

  /**
   * Reads phrases.
   *
   * @param phrases in any language that the judge was taught
   * @return features of each, of length 1
   */
  public List<Features> read(List<String> phrases) {
    try (Scope _ = Scope.open()) {
      float[] all = network.read(pieces.batch(phrases)).toFloats();
      return IntStream.range(0, phrases.size())
          .mapToObj(i -> Features.row(all, config.features(), i))
          .toList();
    }
  }

  /** Names of the largest values of a row, the largest first; of equal ones in the names' order. */
  private static List<String> first(List<String> names, float[] values, int row, int count) {
    int start = row * names.size();
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[start + i]))
        .limit(count)
        .map(names::get)
        .toList();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
