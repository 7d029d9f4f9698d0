package io.songe.evaluate;

import io.songe.evaluate.judge.JudgeQuality;
import io.songe.evaluate.judge.Retrieval;
import io.songe.evaluate.judge.StylePair;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.pipeline.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** An evaluation as a file: all numbers, and what they are of, so that two can be compared. */
public final class EvaluationJson {
  private static final String FORMAT = "songe-evaluation";

  private EvaluationJson() {}

  /**
   * An earlier evaluation, to be shown beside another.
   *
   * @param name of its model
   * @param judgeSha256 of the weights of its judge
   * @param figures values by the figures' ids
   */
  public record Earlier(String name, String judgeSha256, Map<String, Double> figures) {
    /** An evaluation with its map copied. */
    public Earlier {
      figures = Map.copyOf(figures);
    }
  }

  /**
   * Writes an evaluation.
   *
   * @param result what was found
   * @param file in a folder that exists
   * @throws io.songe.error.BrokenFileException if it cannot be written
   */
  public static void write(Evaluation.Result result, Path file) {
    Map<String, Object> figures = new LinkedHashMap<>();
    result.figures().forEach(figure -> figures.put(figure.id(), figure(figure)));
    Subject subject = result.subject();
    JsonConfigWriter.write(
        file,
        Map.of(
            "format",
            FORMAT,
            "software",
            Version.software(),
            "corpus_sha256",
            result.corpusSha256(),
            "model",
            Map.of(
                "name", subject.name(),
                "weights_sha256", subject.weightsSha256(),
                "steps", subject.steps(),
                "guidance", subject.guidance(),
                "guidance_rescale", subject.guidanceRescale(),
                "sampler", subject.sampler(),
                "side", subject.side()),
            "judge",
            Map.of(
                "weights_sha256", result.judge().weightsSha256(),
                "corpus_sha256", result.judge().corpusSha256(),
                "styles", result.judge().config().styles(),
                "hidden_styles", result.judge().hiddenStyles(),
                "concepts", result.judge().config().concepts().size(),
                "steps", result.judge().steps()),
            "judge_quality",
            quality(result.quality()),
            "prompts",
            Map.of(
                "in_each_language", result.options().prompts(),
                "groups", List.copyOf(result.options().groups().names()),
                "seed", result.options().seed()),
            "figures",
            figures));
  }

  private static Map<String, Object> figure(Figure figure) {
    Map<String, Object> written = new LinkedHashMap<>();
    put(written, "value", figure.value());
    put(written, "real", figure.real());
    put(written, "chance", figure.chance());
    written.put("text", figure.text());
    written.put("pictures", figure.count());
    if (!figure.remark().isEmpty()) {
      written.put("remark", figure.remark());
    }
    return written;
  }

  private static void put(Map<String, Object> written, String key, OptionalDouble value) {
    value.ifPresent(number -> written.put(key, number));
  }

  private static Map<String, Object> quality(JudgeQuality quality) {
    Map<String, Object> written = new LinkedHashMap<>();
    List<Object> styles = new ArrayList<>();
    quality.styles().forEach(pair -> styles.add(pair(pair)));
    written.put("style_pairs", styles);
    quality.unseenConcepts().ifPresent(pair -> written.put("unseen_concepts", pair(pair)));
    quality.unseenPairs().ifPresent(naming -> written.put("unseen_pairs", naming(naming)));
    quality.hiddenStyles().ifPresent(naming -> written.put("hidden_styles", naming(naming)));
    quality.styleOfUnseenPairs().ifPresent(naming -> written.put("style", naming(naming)));
    quality
        .phrases()
        .forEach(phrases ->
            written.put(
                "phrases_" + phrases.language(),
                Map.of(
                    "phrase_of_picture", retrieval(phrases.phraseOfPicture()),
                    "picture_of_phrase", retrieval(phrases.pictureOfPhrase()))));
    return written;
  }

  private static Map<String, Object> pair(StylePair pair) {
    return Map.of(
        "from", pair.from(),
        "to", pair.to(),
        "judge", retrieval(pair.judge()),
        "pixels", retrieval(pair.pixels()));
  }

  private static Map<String, Object> retrieval(Retrieval retrieval) {
    return Map.of(
        "top1", retrieval.first(),
        "top5", retrieval.firstFive(),
        "queries", retrieval.queries(),
        "candidates", retrieval.candidates());
  }

  private static Map<String, Object> naming(JudgeQuality.Naming naming) {
    return Map.of(
        "top1", naming.first(),
        "top5", naming.firstFive(),
        "drawings", naming.count(),
        "names", naming.names());
  }

  /**
   * Reads an evaluation.
   *
   * @param file that was written so
   * @return what is shown of it beside another
   * @throws io.songe.error.BrokenFileException if it is no evaluation
   */
  public static Earlier read(Path file) {
    JsonConfig json = JsonConfig.read(file);
    if (!json.string("format", "").equals(FORMAT)) {
      throw json.label()
          .broken("is no evaluation; give the evaluation.json that songe evaluate wrote");
    }
    JsonConfig figures = json.object("figures");
    Map<String, Double> values = new LinkedHashMap<>();
    for (String id : figures.keys()) {
      figures.object(id).optionalNumber("value").ifPresent(value -> values.put(id, value));
    }
    return new Earlier(
        json.object("model").string("name"), json.object("judge").string("weights_sha256"), values);
  }
}
