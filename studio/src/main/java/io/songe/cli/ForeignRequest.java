package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.drawing.Settings;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.foreign.ForeignRecipe;
import io.songe.foreign.Program;
import io.songe.foreign.Remark;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.PromptReading;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A model's usual request changed as another program's recipe says, as far as that can be, and
 * lines that tell what could not be used.
 *
 * @param request the changed request
 * @param shortcomings a line for each, for people
 */
record ForeignRequest(GenerationRequest request, List<String> shortcomings) {
  private static final Set<Program> AS_A1111 = Set.of(Program.A1111, Program.SONGE);

  /** Most programs weigh words by some of these. */
  private static final Pattern SIGNS = Pattern.compile("[()\\[\\]{}|]|\\+\\+|--|::");

  /**
   * Changes a request.
   *
   * @param usual a model's own
   * @param recipe says how
   * @param xl whether the model is a Stable Diffusion XL
   * @param around the words
   * @throws InvalidRequestException if the prompt cannot be drawn
   */
  static ForeignRequest of(
      GenerationRequest usual, ForeignRecipe recipe, boolean xl, Surroundings around) {
    var change = new Change(recipe, xl, around);
    GenerationRequest request =
        change.settings(usual.withPrompt(new Prompt(recipe.words(), recipe.negativeWords())));
    change.remark();
    return new ForeignRequest(request, List.copyOf(change.lines));
  }

  private record Change(ForeignRecipe recipe, boolean xl, Surroundings around, List<String> lines) {
    Change(ForeignRecipe recipe, boolean xl, Surroundings around) {
      this(recipe, xl, around, new ArrayList<>());
    }

    GenerationRequest settings(GenerationRequest usual) {
      GenerationRequest request = usual;
      List<String> unsaid = new ArrayList<>();
      if (recipe.size().isPresent()) {
        int width = recipe.size().get().width();
        int height = recipe.size().get().height();
        request =
            attempt(
                request, Text.LABEL_SIZE, width + "x" + height, it -> it.withSize(width, height));
      } else {
        unsaid.add(around.say(Text.LABEL_SIZE));
      }
      if (recipe.steps().isPresent()) {
        int steps = recipe.steps().getAsInt();
        request = attempt(request, Text.LABEL_STEPS, "" + steps, it -> it.withSteps(steps));
      } else {
        unsaid.add(around.say(Text.LABEL_STEPS));
      }
      if (recipe.guidance().isPresent()) {
        double scale = recipe.guidance().getAsDouble();
        request = attempt(request, Text.LABEL_GUIDANCE, "" + scale, it -> guided(it, scale));
      } else {
        unsaid.add(around.say(Text.LABEL_GUIDANCE));
      }
      if (recipe.sampler().isEmpty()) {
        unsaid.add(around.say(Text.LABEL_SAMPLER));
      }
      if (!unsaid.isEmpty()) {
        lines.add(around.say(Text.FOREIGN_UNSAID, String.join(", ", unsaid)));
      }
      return withReading(withSampler(request));
    }

    /** XL is read from its last layer but one by every program, which some call a skip of 2. */
    private GenerationRequest withReading(GenerationRequest request) {
      int asked = recipe.clipSkip().orElse(1);
      int skip = xl && asked == 2 ? 1 : asked;
      return attempt(
          request.withReading(PromptReading.of(PromptSyntax.A1111)),
          Text.LABEL_CLIP_SKIP,
          String.valueOf(asked),
          it -> it.withReading(new PromptReading(PromptSyntax.A1111, skip)));
    }

    private static GenerationRequest guided(GenerationRequest request, double scale) {
      if (Math.abs(scale) > Settings.MOST_GUIDANCE) {
        throw new InvalidRequestException("guidance of " + scale);
      }
      return request.withGuidance(new Guidance.ClassifierFree(scale));
    }

    private GenerationRequest attempt(
        GenerationRequest request,
        Text label,
        String value,
        UnaryOperator<GenerationRequest> change) {
      try {
        return change.apply(request);
      } catch (InvalidRequestException impossible) {
        lines.add(around.say(Text.FOREIGN_IMPOSSIBLE, around.say(label), value));
        return request;
      }
    }

    private GenerationRequest withSampler(GenerationRequest request) {
      Optional<SamplerRow> sampler = recipe.samplerHere();
      if (sampler.isEmpty()) {
        recipe
            .sampler()
            .ifPresent(
                name -> lines.add(around.say(Text.FOREIGN_SAMPLER, FileLabel.shorten(name))));
        return request;
      }
      if (recipe.namesUnknownSchedule()) {
        lines.add(
            around.say(Text.FOREIGN_SCHEDULE, FileLabel.shorten(recipe.schedule().orElse(""))));
      }
      SigmaSchedules.Row schedule = recipe.scheduleHere().orElse(sampler.get().schedule());
      return request.withSampler(new Samplers.Choice(sampler.get(), schedule));
    }

    void remark() {
      if (!AS_A1111.contains(recipe.program()) && SIGNS.matcher(recipe.prompt()).find()) {
        lines.add(around.say(Text.FOREIGN_WEIGHTS, recipe.program().label()));
      }
      recipe.remarks().forEach(each -> lines.add(line(each)));
      switch (recipe.noise()) {
        case PROCESSOR -> {} // so is ours
        case GRAPHICS -> lines.add(around.say(Text.FOREIGN_NOISE_GRAPHICS));
        case UNKNOWN -> lines.add(around.say(Text.FOREIGN_NOISE_UNKNOWN));
      }
    }

    private String line(Remark remark) {
      return switch (remark) {
        case Remark.Unused(String name, String value) ->
            around.say(
                Text.NOT_USED,
                ForeignDescription.entry(
                    FileLabel.shorten(name), FileLabel.shorten(value), around));
        case Remark.SeveralSamplers(int count) -> around.say(Text.SEVERAL_SAMPLERS, count);
        case Remark.BegunWithPicture(double strength) -> around.say(Text.FOREIGN_START, strength);
      };
    }
  }
}
