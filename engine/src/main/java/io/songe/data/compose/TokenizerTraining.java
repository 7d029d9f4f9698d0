package io.songe.data.compose;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.error.InvalidRequestException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.random.Draws;
import io.songe.text.BytePairTrainer;
import io.songe.text.ClipTokenizer;
import io.songe.text.LearntTokenizer;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learns a tokenizer from what is said of drawings: their labels and keywords, and captions of them
 * alone and in compositions, in every language that they have. Drawings that are kept aside take no
 * part.
 *
 * @param vocabulary how many tokens to learn at most
 * @param length how many tokens a text is given to the network in, begin and end included
 */
public record TokenizerTraining(int vocabulary, int length) {
  /** Enough for nearly all words of the emoji captions in two languages. */
  public static final int USUAL_VOCABULARY = 8192;

  /** Longer than nearly all captions. */
  public static final int USUAL_LENGTH = 40;

  /** Beside the tokenizer: the coverage of each language, by its code. */
  static final String COVERAGE_FILE = "coverage.json";

  private static final int MARKS = 2;
  private static final int PLAIN_CAPTIONS = 4;
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  /** Checks the numbers. */
  public TokenizerTraining {
    if (vocabulary < BytePairTrainer.SMALLEST_VOCABULARY || vocabulary > 1 << 16) {
      throw new InvalidRequestException(
          "a vocabulary has %d to %d tokens, got %d"
              .formatted(BytePairTrainer.SMALLEST_VOCABULARY, 1 << 16, vocabulary));
    }
    if (length <= MARKS) {
      throw new InvalidRequestException("a text has more than 2 tokens, got " + length);
    }
  }

  /**
   * Learns a tokenizer and writes it in its published form.
   *
   * @param drawings of a corpus
   * @param folder to write into; it must hold no tokenizer
   * @return how well each language is covered
   * @throws InvalidRequestException if the folder holds a tokenizer, or nothing is to be learned
   *     from
   * @throws io.songe.error.BrokenFileException if the folder cannot be written
   */
  public Map<Language, TokenizerCoverage> run(List<Drawing> drawings, Path folder) {
    LearntTokenizer.requireNone(folder);
    List<Subject> subjects =
        Holdout.of(drawings).drawings(Holdout.Part.TRAINING).stream()
            .map(position -> Subject.of(position, drawings.get(position)))
            .toList();
    if (subjects.isEmpty()) {
      throw new InvalidRequestException("the corpus has no drawings to learn from");
    }
    var trainer = new BytePairTrainer(vocabulary);
    Map<Language, List<String>> captions = new EnumMap<>(Language.class);
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      for (Language language : subject.languages()) {
        names(subject, language).forEach(trainer::add);
        List<String> own = captions(i, subjects, language);
        own.forEach(trainer::add);
        captions.computeIfAbsent(language, _ -> new ArrayList<>()).addAll(own);
      }
    }
    trainer.train().write(folder, length);
    ClipTokenizer tokenizer = ClipTokenizer.open(folder);
    Map<Language, TokenizerCoverage> coverage = new EnumMap<>(Language.class);
    captions.forEach((language, its) -> coverage.put(language, coverage(tokenizer, its)));
    write(coverage, folder.resolve(COVERAGE_FILE));
    return coverage;
  }

  private static void write(Map<Language, TokenizerCoverage> coverage, Path file) {
    Map<String, TokenizerCoverage> byCode = new LinkedHashMap<>();
    coverage.forEach((language, its) -> byCode.put(language.code(), its));
    byte[] json = JsonMapper.shared().writeValueAsBytes(byCode);
    try {
      AtomicFile.write(file, channel -> Channels.newOutputStream(channel).write(json));
    } catch (IOException failed) {
      throw FileLabel.of(file)
          .broken(
              "could not be written (%s); free some space or choose another folder"
                  .formatted(FileLabel.reason(failed)),
              failed);
    }
  }

  /** Label and keywords as they are. */
  private static List<String> names(Subject subject, Language language) {
    Caption caption = subject.drawing().captions().get(language);
    List<String> names = new ArrayList<>();
    if (caption != null) {
      names.add(Labels.cleaned(caption.label()));
      names.addAll(caption.keywords());
    }
    return names;
  }

  /** Captions of a drawing alone, and of compositions with the next one of its style. */
  private static List<String> captions(int i, List<Subject> subjects, Language language) {
    Subject subject = subjects.get(i);
    var dice = new Dice(new Draws(i).in(language.code().hashCode()));
    var wordings = new Wordings(language, dice);
    List<String> captions = new ArrayList<>();
    for (int n = 0; n < PLAIN_CAPTIONS; n++) {
      captions.add(wordings.plain(subject));
    }
    if (subject.composedWeight() == 0) {
      return captions;
    }
    var plain = new Actor(subject, Optional.empty());
    captions.add(wordings.on(plain, Grounds.any(dice)));
    captions.add(wordings.small(subject, Optional.of(dice.pick(List.of(Place.values())))));
    if (!subject.tints().isEmpty()) {
      captions.add(
          wordings.recoloured(new Actor(subject, Optional.of(dice.pick(subject.tints())))));
    }
    if (subject.counts()) {
      captions.add(wordings.counted(subject, 2 + dice.below(3)));
    }
    Subject next = subjects.get((i + 1) % subjects.size());
    boolean pair =
        next.drawing().style().equals(subject.drawing().style())
            && next.languages().contains(language);
    if (pair) {
      Relation relation = dice.pick(Relation.OF_TWO);
      captions.add(wordings.related(List.of(plain, new Actor(next, Optional.empty())), relation));
    }
    return captions;
  }

  private TokenizerCoverage coverage(ClipTokenizer tokenizer, List<String> captions) {
    long words = 0;
    long whole = 0;
    long tokens = 0;
    int longest = 0;
    int cutOff = 0;
    for (String caption : captions) {
      for (MatchResult word : WORD.matcher(caption).results().toList()) {
        int size = tokenizer.encode(word.group()).size();
        words++;
        tokens += size;
        whole += size == 1 ? 1 : 0;
      }
      int size = tokenizer.encode(caption).size() + MARKS;
      longest = Math.max(longest, size);
      cutOff += size > length ? 1 : 0;
    }
    return new TokenizerCoverage(
        captions.size(),
        (double) tokens / words,
        (double) whole / words,
        longest,
        (double) cutOff / captions.size());
  }
}
