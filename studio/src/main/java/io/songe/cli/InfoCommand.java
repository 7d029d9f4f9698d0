package io.songe.cli;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.cli.messages.Text;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.PictureTexts;
import io.songe.image.PngLimits;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.Recipe;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe info}: says how a picture was made, by Songe or by another program. */
@Command(name = "info")
final class InfoCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--json")
  private boolean json;

  InfoCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Map<String, String> texts = PictureTexts.read(UserPath.of(picture, around), PngLimits.DEFAULT);
    Optional<Recipe> recipe = Recipe.of(texts);
    Optional<ForeignRecipe> foreign =
        recipe.isPresent() ? Optional.empty() : ForeignRecipe.of(texts);
    if (recipe.isPresent()) {
      print(recipe.get());
    } else if (foreign.isPresent()) {
      print(foreign.get());
    } else {
      around.print(json ? ResultJson.nothing() : around.say(Text.NO_RECIPE, picture));
    }
    return ExitCode.DONE.number();
  }

  private void print(Recipe recipe) {
    if (json) {
      around.print(ResultJson.recipe(recipe));
      return;
    }
    line(Text.LABEL_PROMPT, recipe.prompt().positive());
    if (!recipe.prompt().negative().isEmpty()) {
      line(Text.LABEL_NEGATIVE, recipe.prompt().negative());
    }
    line(Text.LABEL_SEED, String.valueOf(recipe.seed()));
    line(Text.LABEL_SIZE, recipe.width() + "x" + recipe.height());
    line(Text.LABEL_STEPS, String.valueOf(recipe.steps()));
    line(Text.LABEL_GUIDANCE, number(recipe.guidanceScale()));
    if (recipe.guidanceRescale() != 0) {
      line(Text.LABEL_RESCALE, number(recipe.guidanceRescale()));
    }
    line(Text.LABEL_SAMPLER, recipe.sampler());
    line(Text.LABEL_SCHEDULE, recipe.schedule());
    line(Text.LABEL_SYNTAX, recipe.syntax());
    if (recipe.clipSkip() != 1) {
      line(Text.LABEL_CLIP_SKIP, String.valueOf(recipe.clipSkip()));
    }
    recipe.edit().ifPresent(this::print);
    recipe.adapters().forEach(this::print);
    line(Text.LABEL_BACKGROUND, recipe.background());
    line(Text.LABEL_PRECISION, recipe.precision());
    line(Text.LABEL_MODEL, recipe.model());
    line(Text.LABEL_WEIGHTS, recipe.weightsSha256());
    line(Text.LABEL_SOFTWARE, recipe.software());
  }

  private void print(AppliedAdapter adapter) {
    if (adapter.kind().equals(AppliedAdapter.LORA)) {
      String text = number(adapter.textStrength());
      String image = number(adapter.imageStrength());
      line(
          Text.LABEL_LORA,
          adapter.name() + (text.equals(image) ? ":" + text : ":" + text + ":" + image));
    } else {
      line(Text.LABEL_EMBEDDING, adapter.name());
    }
  }

  private void print(EditRecipe edit) {
    edit.start()
        .ifPresent(start -> {
          line(Text.LABEL_FROM, start.picture().file() + " " + start.picture().sha256());
          line(Text.LABEL_STRENGTH, number(start.strength()));
          start
              .mask()
              .ifPresent(mask ->
                  line(Text.LABEL_MASK, mask.picture().file() + " " + mask.picture().sha256()));
          start
              .margins()
              .ifPresent(margins ->
                  line(
                      Text.LABEL_MARGINS,
                      around.say(
                          Text.MARGINS,
                          margins.left(),
                          margins.right(),
                          margins.top(),
                          margins.bottom())));
        });
    if (!edit.tiling().equals("none")) {
      line(Text.LABEL_TILING, edit.tiling());
    }
    edit.variation()
        .ifPresent(variation -> {
          line(Text.LABEL_VARIATION, String.valueOf(variation.seed()));
          line(Text.LABEL_VARIATION_STRENGTH, number(variation.strength()));
        });
    edit.secondPass()
        .ifPresent(pass ->
            line(
                Text.LABEL_SECOND_PASS,
                around.say(
                    Text.SECOND_PASS,
                    String.valueOf(pass.width()),
                    String.valueOf(pass.height()),
                    pass.upscaler(),
                    pass.steps(),
                    pass.strength())));
  }

  private String number(double value) {
    return around.say(Text.NUMBER, value);
  }

  private void print(ForeignRecipe recipe) {
    if (json) {
      around.print(ResultJson.foreign(recipe));
      return;
    }
    ForeignDescription.lines(recipe, around).forEach(around::print);
  }

  private void line(Text label, String value) {
    around.print(around.labelled(around.say(label), value));
  }
}
