package io.songe.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.DrawingStyle;
import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Groups;
import io.songe.data.Language;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.JudgeOptions;
import io.songe.evaluate.judge.JudgeTraining;
import io.songe.evaluate.judge.Material;
import io.songe.evaluate.judge.TestDrawings;
import io.songe.image.Colour;
import io.songe.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With artists that are known to be good, or bad, in place of a model. */
@SuppressWarnings("NullAway.Init") // made before all tests
class EvaluationTest {
  private static final Material MATERIAL = TestDrawings.material();
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(30, 6, Groups.all(), 1);

  @TempDir static Path folder;

  private static Judge judge;

  @BeforeAll
  static void train() {
    JudgeTraining.train(
        MATERIAL,
        JudgeOptions.small(),
        folder.resolve("run"),
        false,
        folder.resolve("judge"),
        p -> {});
    judge = Judge.open(folder.resolve("judge"));
  }

  @AfterAll
  static void close() {
    judge.close();
  }

  private static Subject subject(String... styles) {
    return new Subject(
        "tester",
        "ab".repeat(32),
        Stream.of(styles)
            .map(style ->
                new DrawingStyle(
                    style,
                    Map.of("en", "{prompt}, {style} style", "fr", "{prompt}, style {style}")))
            .toList(),
        7,
        2.5,
        0.7,
        "euler normal",
        48);
  }

  private static final Subject STYLED = subject("flat", "outline", "striped", "light", "dotted");

  /** Answers each phrase with the drawing that it was made of. */
  private static Artist copyist() {
    Map<String, Integer> drawings = new HashMap<>();
    for (int i = 0; i < MATERIAL.drawings().size(); i++) {
      Drawing drawing = MATERIAL.drawings().get(i);
      for (Map.Entry<Language, Caption> caption : drawing.captions().entrySet()) {
        String label = caption.getValue().label();
        drawings.put(label, i);
        drawings.put(
            caption.getKey() == Language.ENGLISH
                ? label + ", " + drawing.style() + " style"
                : label + ", style " + drawing.style(),
            i);
      }
    }
    Image empty = Image.filled(48, 48, Colour.TRANSPARENT);
    return (phrase, seed) ->
        Optional.ofNullable(drawings.get(phrase)).map(MATERIAL.pictures()::apply).orElse(empty);
  }

  /** Draws well, and never what it is asked for. */
  private static Artist scatterbrain() {
    Artist copyist = copyist();
    List<String> labels =
        MATERIAL.drawings().stream()
            .map(drawing -> drawing.captions().get(Language.ENGLISH))
            .map(caption -> caption.label())
            .distinct()
            .toList();
    return (phrase, seed) -> copyist.draw(labels.get((int) (seed * 7 % labels.size())), seed);
  }

  private static Evaluation.Result evaluate(Subject subject, Artist artist, Material material) {
    return Evaluation.run(subject, artist, material, judge, OPTIONS, progress -> {});
  }

  private static Figure figure(Evaluation.Result result, String id) {
    return result.figures().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static double value(Evaluation.Result result, String id) {
    return figure(result, id).value().orElseThrow();
  }

  @Test
  void who_draws_what_is_asked_for_gets_nearly_all_of_it_right() {
    Evaluation.Result result = evaluate(STYLED, copyist(), MATERIAL);

    assertThat(value(result, "concept_top1_en")).isGreaterThan(.85);
    assertThat(value(result, "concept_top1_fr")).isGreaterThan(.85);
    assertThat(value(result, "style")).isGreaterThan(.7);
    assertThat(value(result, "phrase_en")).isGreaterThan(.7);
    assertThat(value(result, "languages")).isGreaterThan(.99);
  }

  @Test
  void who_draws_something_else_gets_what_chance_gives() {
    Evaluation.Result result = evaluate(STYLED, scatterbrain(), MATERIAL);

    Figure english = figure(result, "concept_top1_en");
    assertThat(english.chance().orElseThrow()).isBetween(.1, .12);
    assertThat(english.value().orElseThrow()).isLessThan(.35);
  }

  @Test
  void a_copyist_is_nearer_to_the_training_drawings_than_drawings_kept_aside() {
    Figure nearest = figure(evaluate(STYLED, copyist(), MATERIAL), "nearest_pixels");

    assertThat(nearest.value().orElseThrow()).isLessThan(.01);
    assertThat(nearest.real().orElseThrow()).isGreaterThan(.05);
  }

  @Test
  void who_always_draws_the_same_has_no_variety() {
    Image same = MATERIAL.pictures().apply(0);

    Evaluation.Result result = evaluate(STYLED, (phrase, seed) -> same, MATERIAL);

    assertThat(value(result, "variety")).isLessThan(1e-5);
    assertThat(value(result, "frechet"))
        .isGreaterThan(value(evaluate(STYLED, copyist(), MATERIAL), "frechet"));
  }

  @Test
  void the_same_is_found_again() {
    Evaluation.Result once = evaluate(STYLED, copyist(), MATERIAL);

    assertThat(evaluate(STYLED, copyist(), MATERIAL).figures()).isEqualTo(once.figures());
  }

  @Test
  void styles_that_the_model_does_not_know_are_not_asked_for_and_it_is_said_why() {
    List<String> phrases = new ArrayList<>();

    Evaluation.Result result =
        evaluate(
            subject(),
            (phrase, seed) -> {
              phrases.add(phrase);
              return copyist().draw(phrase, seed);
            },
            MATERIAL);

    assertThat(phrases).noneMatch(phrase -> phrase.contains("style"));
    assertThat(figure(result, "style").value()).isEmpty();
    assertThat(figure(result, "style").remark())
        .isEqualTo("the model knows none of the corpus's styles by name");
    assertThat(figure(result, "concept_top1_en").value()).isPresent();
  }

  @Test
  void only_things_of_the_wanted_groups_are_asked_for() {
    List<Drawing> grouped =
        MATERIAL.drawings().stream()
            .map(drawing ->
                new Drawing(
                    drawing.key(),
                    drawing.concept(),
                    drawing.style(),
                    Set.of("F1", "F3").contains(drawing.concept()) ? "angular" : "other",
                    drawing.captions(),
                    drawing.licence(),
                    drawing.source()))
            .toList();
    Set<String> words = new HashSet<>();

    Evaluation.run(
        STYLED,
        (phrase, seed) -> {
          words.addAll(List.of(phrase.split("[^\\p{L}]+", -1)));
          return copyist().draw(phrase, seed);
        },
        new Material(grouped, MATERIAL.pictures(), MATERIAL.sha256()),
        judge,
        OPTIONS.withGroups(Groups.named("angular")),
        progress -> {});

    assertThat(words)
        .contains("square", "croix")
        .doesNotContain("disc", "diamond", "bar", "post", "ring", "roof", "cup", "moon", "lune");
  }

  @Test
  void pictures_that_stand_alone_have_no_concepts_to_recognise() {
    List<Drawing> alone =
        MATERIAL.drawings().stream()
            .map(drawing ->
                new Drawing(
                    drawing.key(),
                    drawing.key(),
                    "",
                    "",
                    Map.of(
                        Language.ENGLISH, new Caption(drawing.key().replace('/', ' '), List.of())),
                    "",
                    ""))
            .toList();
    Material own = new Material(alone, MATERIAL.pictures(), "");
    JudgeTraining.train(
        own,
        JudgeOptions.small().withSteps(20),
        folder.resolve("own-run"),
        false,
        folder.resolve("own"),
        p -> {});

    try (Judge ownJudge = Judge.open(folder.resolve("own"))) {
      Evaluation.Result result =
          Evaluation.run(subject(), copyist(), own, ownJudge, OPTIONS, progress -> {});

      assertThat(figure(result, "concept_top1_en").value()).isEmpty();
      assertThat(figure(result, "concept_top1_en").remark()).contains("a thing of its own");
      assertThat(figure(result, "phrase_fr").remark())
          .isEqualTo("the corpus has no captions in this language");
      assertThat(figure(result, "phrase_en").value()).isPresent();
      assertThat(figure(result, "style").remark()).isEqualTo("the corpus has no styles");
    }
  }

  @Test
  void page_and_numbers_tell_the_same_and_can_be_compared() throws IOException {
    Evaluation.Result result = evaluate(STYLED, copyist(), MATERIAL);
    Path json = folder.resolve("evaluation.json");
    Path page = folder.resolve("evaluation.html");

    EvaluationJson.write(result, json);
    EvaluationJson.Earlier earlier = EvaluationJson.read(json);
    EvaluationPage.write(result, Optional.of(earlier), page);

    assertThat(earlier.name()).isEqualTo("tester");
    assertThat(earlier.judgeSha256()).isEqualTo(judge.card().weightsSha256()).hasSize(64);
    assertThat(earlier.figures())
        .containsEntry("concept_top1_en", value(result, "concept_top1_en"))
        .doesNotContainKey("nothing");
    assertThat(Files.readString(json))
        .contains("\"steps\": 7", "\"guidance_rescale\": 0.7", "\"unseen_pairs\"");
    assertThat(Files.readString(page))
        .contains(
            "7 steps, guidance 2.5 (rescaled by 0.7)", "It never saw a drawing in these styles: ")
        .contains("data:image/png;base64,", " style</figcaption>")
        .doesNotContain("{{", "src=\"http", "different judges");
  }

  @Test
  void what_foreign_files_say_means_nothing_on_the_page() throws IOException {
    Subject rude = new Subject("<script>x</script>", "", List.of(), 1, 1, 0, "euler normal", 48);
    Path page = folder.resolve("rude.html");

    EvaluationPage.write(evaluate(rude, copyist(), MATERIAL), Optional.empty(), page);

    assertThat(Files.readString(page))
        .doesNotContain("<script")
        .contains("&lt;script&gt;x&lt;/script&gt;");
  }

  @Test
  void other_files_are_no_evaluations() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": \"else\"}");

    assertThatThrownBy(() -> EvaluationJson.read(other))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("is no evaluation");
  }

  @Test
  void too_few_prompts_are_refused() {
    assertThatThrownBy(() -> OPTIONS.withPrompts(3))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of prompts must be from 4 to 100000, got 3");
  }
}
