package io.songe.evaluate.judge;

import io.songe.data.Drawing;
import io.songe.error.InvalidRequestException;
import io.songe.nn.Weights;
import io.songe.tensor.Backend;
import io.songe.train.AdamW;
import io.songe.train.LearningRate;
import io.songe.train.RunFolder;
import io.songe.train.SampleSheet;
import io.songe.train.Trainer;
import io.songe.train.TrainingOptions;
import io.songe.train.TrainingProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Trains a judge on the drawings that it may see. */
public final class JudgeTraining {
  private static final int FEWEST = 8;
  private static final long WARM_UP = 100;
  private static final double AVERAGING = .999;
  private static final double DECAY = .05;
  private static final double CLIP = 1;
  private static final double REST = .01;
  private static final Duration SAVE_EVERY = Duration.ofMinutes(4);

  private JudgeTraining() {}

  /**
   * Trains a judge, or goes on with one that was begun, and writes it.
   *
   * @param material what there is to learn from
   * @param options how large it is and how long it learns
   * @param run where the training is kept
   * @param resume whether to go on with what is kept there, under the same options
   * @param folder where the judge is written when it is finished
   * @param listener is told how it goes, on the calling thread
   * @return why it returned; the judge is written only if it is finished
   * @throws InvalidRequestException if there is too little to learn from, or another run in the
   *     folder
   */
  public static Trainer.Outcome train(
      Material material,
      JudgeOptions options,
      Path run,
      boolean resume,
      Path folder,
      Consumer<TrainingProgress> listener) {
    JudgeDivision division = JudgeDivision.of(material.drawings());
    List<Integer> learned = division.learned();
    if (learned.size() < FEWEST) {
      throw new InvalidRequestException(
          "a judge needs at least %d drawings to learn from, and this corpus has %d for it"
              .formatted(FEWEST, learned.size()));
    }
    JudgeConfig config =
        new JudgeConfig(
            options.side(),
            options.widths(),
            options.buckets(),
            options.wordWidth(),
            options.features(),
            division.concepts(),
            division.styles());
    RunFolder kept = RunFolder.open(run, described(options, material), resume);
    List<Drawing> drawings = learned.stream().map(material.drawings()::get).toList();
    Thumbnails thumbnails =
        Thumbnails.of(
            learned.size(), i -> material.pictures().apply(learned.get(i)), options.side());
    try (Weights weights =
        Weights.initial(
            p -> new JudgeNetwork(config, p),
            JudgeNetwork.initialization(config, options.seed()))) {
      JudgeTask task =
          new JudgeTask(
              config,
              weights,
              Backend.fastestType(),
              drawings,
              thumbnails,
              Math.min(options.batch(), learned.size()),
              options.seed());
      Trainer.Outcome outcome =
          Trainer.train(task, kept, training(options), SampleSheet.NONE, listener);
      if (outcome == Trainer.Outcome.FINISHED) {
        JudgeFolder.write(
            folder,
            new JudgeCard(
                "", config, division.hiddenStyles(), material.sha256(), options.steps(), ""),
            kept.savedAverages(JudgeTask.NAME).values());
      }
      return outcome;
    }
  }

  private static TrainingOptions training(JudgeOptions options) {
    return new TrainingOptions(
        new LearningRate(
            options.rate(), Math.min(WARM_UP, options.steps() / 4), options.steps(), 0, REST),
        new AdamW.Options(.9, .99, 1e-8, DECAY),
        AVERAGING,
        CLIP,
        1,
        SAVE_EVERY,
        0,
        Optional.empty());
  }

  private static SequencedMap<String, Object> described(JudgeOptions options, Material material) {
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    config.put("trains", "judge");
    config.put("side", options.side());
    config.put("widths", options.widths());
    config.put("buckets", options.buckets());
    config.put("word_width", options.wordWidth());
    config.put("features", options.features());
    config.put("steps", options.steps());
    config.put("batch", options.batch());
    config.put("rate", options.rate());
    config.put("seed", options.seed());
    config.put("corpus_sha256", material.sha256());
    return config;
  }
}
