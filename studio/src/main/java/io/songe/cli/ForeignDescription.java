package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.foreign.ForeignRecipe;
import io.songe.foreign.Noise;
import io.songe.foreign.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How another program made a picture, in lines of text. All of it is foreign text. */
final class ForeignDescription {
  private final Surroundings around;
  private final List<String> lines = new ArrayList<>();

  private ForeignDescription(Surroundings around) {
    this.around = around;
  }

  /** {@return what is known, then what is not understood as it is written} */
  static List<String> lines(ForeignRecipe recipe, Surroundings around) {
    var description = new ForeignDescription(around);
    description.addKnown(recipe);
    recipe.remarks().forEach(description::add);
    return description.lines;
  }

  private void addKnown(ForeignRecipe recipe) {
    add(Text.LABEL_PROMPT, recipe.prompt());
    if (!recipe.negativePrompt().isEmpty()) {
      add(Text.LABEL_NEGATIVE, recipe.negativePrompt());
    }
    recipe.seed().ifPresent(seed -> add(Text.LABEL_SEED, String.valueOf(seed)));
    recipe.size().ifPresent(size -> add(Text.LABEL_SIZE, size.width() + "x" + size.height()));
    recipe.steps().ifPresent(steps -> add(Text.LABEL_STEPS, String.valueOf(steps)));
    recipe.guidance().ifPresent(scale -> add(Text.LABEL_GUIDANCE, number(scale)));
    add(Text.LABEL_SAMPLER, recipe.sampler());
    add(Text.LABEL_SCHEDULE, recipe.schedule());
    recipe.strength().ifPresent(strength -> add(Text.LABEL_STRENGTH, number(strength)));
    recipe.clipSkip().ifPresent(layer -> add(Text.LABEL_CLIP_SKIP, String.valueOf(layer)));
    switch (recipe.noise()) {
      case Noise.PROCESSOR -> add(Text.LABEL_NOISE, around.say(Text.NOISE_PROCESSOR));
      case Noise.GRAPHICS -> add(Text.LABEL_NOISE, around.say(Text.NOISE_GRAPHICS));
      case Noise.UNKNOWN -> {} // nothing is said of it
    }
    add(Text.LABEL_MODEL, recipe.model());
    add(Text.LABEL_MODEL_HASH, recipe.modelHash());
    add(Text.LABEL_SOFTWARE, recipe.madeBy());
  }

  private void add(Text label, Optional<String> value) {
    value.ifPresent(text -> add(label, text));
  }

  private void add(Text label, String value) {
    lines.add(around.labelled(around.say(label), value));
  }

  private String number(double value) {
    return around.say(Text.NUMBER, value);
  }

  private void add(Remark remark) {
    switch (remark) {
      case Remark.Unused(String name, String value) -> lines.add(entry(name, value, around));
      case Remark.SeveralSamplers(int count) -> lines.add(around.say(Text.SEVERAL_SAMPLERS, count));
      case Remark.BegunWithPicture _ -> {} // its strength is said above
    }
  }

  /** {@return a name and perhaps a value, as the file writes them} */
  static String entry(String name, String value, Surroundings around) {
    return value.isBlank() ? Printable.line(name) : around.labelled(Printable.line(name), value);
  }
}
