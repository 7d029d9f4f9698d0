package io.songe.foreign;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How another program made a picture, as far as its file says and we understand it.
 *
 * @param program that made it, or whose form its maker uses
 * @param version of the program, as written
 * @param prompt what was to be drawn, as written
 * @param negativePrompt what was not to be drawn, as written; empty for nothing
 * @param seed of the picture, not negative
 * @param steps of the sampler, at least 1
 * @param guidance scale of classifier-free guidance, finite
 * @param sampler its name, as written
 * @param schedule the name of the noise levels' schedule, as written
 * @param size of the drawing, which a later step may have enlarged
 * @param model its name, as written; often a file's
 * @param modelHash a fingerprint of the model, as written
 * @param clipSkip which layer of the text encoder was taken, counted from the end; 1 is the last
 * @param strength with which another picture was changed, 0 to 1
 * @param noise where the noise came from
 * @param remarks on all that has no place above, in the order of the file
 */
public record ForeignRecipe(
    Program program,
    Optional<String> version,
    String prompt,
    String negativePrompt,
    OptionalLong seed,
    OptionalInt steps,
    OptionalDouble guidance,
    Optional<String> sampler,
    Optional<String> schedule,
    Optional<PictureSize> size,
    Optional<String> model,
    Optional<String> modelHash,
    OptionalInt clipSkip,
    OptionalDouble strength,
    Noise noise,
    List<Remark> remarks) {
  /** {@code <lora:name:0.8>} and its like, by which prompts ask for networks. */
  static final Pattern NETWORK_TAG = Pattern.compile("<\\w{1,40}:[^<>]{1,400}>");

  /** Copies the list. */
  public ForeignRecipe {
    remarks = List.copyOf(remarks);
  }

  /**
   * Finds out how a picture was made.
   *
   * @param texts of its file, by name, as {@link io.songe.image.PictureTexts} gives them
   * @return how; empty if no program known here says it
   * @throws io.songe.error.BrokenFileException if a program says it in a text that is damaged
   */
  public static Optional<ForeignRecipe> of(Map<String, String> texts) {
    return ForeignTexts.read(texts);
  }

  /** {@return the program and its version} */
  public String madeBy() {
    return version
        .map(text -> text.startsWith(program.label()) ? text : program.label() + " " + text)
        .orElse(program.label());
  }

  /** {@return the prompt without tags that ask for networks} */
  public String words() {
    return withoutTags(prompt);
  }

  /** {@return the negative prompt without tags that ask for networks} */
  public String negativeWords() {
    return withoutTags(negativePrompt);
  }

  private static String withoutTags(String text) {
    return NETWORK_TAG.matcher(text).replaceAll("").strip();
  }

  /** {@return our sampler of that name, if there is one} */
  public Optional<SamplerRow> samplerHere() {
    return sampler.flatMap(name -> ForeignSampler.of(program, name, schedule).sampler());
  }

  /** {@return our schedule of that name, or the one that the sampler's name means} */
  public Optional<SigmaSchedules.Row> scheduleHere() {
    return sampler.flatMap(name -> ForeignSampler.of(program, name, schedule).schedule());
  }

  /** {@return whether a schedule is named that is not known here} */
  public boolean namesUnknownSchedule() {
    return schedule.isPresent() && samplerHere().isPresent() && scheduleHere().isEmpty();
  }
}
