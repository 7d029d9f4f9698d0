package io.songe.drawing;

import io.songe.image.Colour;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.text.Prompt;
import java.util.Optional;

/**
 * What somebody asks for, in part: what is not said is as the model's authors set it.
 *
 * @param owner who asks
 * @param door through which
 * @param model its name; empty for the default one
 * @param prompt what to draw, without the style
 * @param style by name; empty for none
 * @param width in pixels
 * @param height in pixels
 * @param steps of the sampler
 * @param guidance its scale
 * @param guidanceRescale the share of the rescaled output, from 0 to 1
 * @param sampler any name of one that the registry knows
 * @param schedule any name of one
 * @param seed of the first picture; a random one of 32 bits if it is not said
 * @param count how many pictures
 * @param syntax of the prompt, by id
 * @param clipSkip which layer of the text encoder is read
 * @param background that pictures are laid over; transparent to leave them as they are
 * @param edit with its pictures
 * @param travel a way to another phrase or seed
 * @param traced whether each step's preview is kept
 * @param kept whether pictures go into the gallery
 */
public record Wish(
    String owner,
    Order.Door door,
    Optional<String> model,
    Prompt prompt,
    String style,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<Integer> steps,
    Optional<Double> guidance,
    Optional<Double> guidanceRescale,
    Optional<String> sampler,
    Optional<String> schedule,
    Optional<Long> seed,
    int count,
    Optional<String> syntax,
    Optional<Integer> clipSkip,
    Colour background,
    Edit edit,
    Optional<Order.Travel> travel,
    boolean traced,
    boolean kept) {

  /** {@return a wish for one picture of a phrase, kept, with nothing else said} */
  public static Wish of(String owner, Order.Door door, Prompt prompt) {
    return new Wish(
        owner,
        door,
        Optional.empty(),
        prompt,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        Colour.TRANSPARENT,
        Edit.NONE,
        Optional.empty(),
        false,
        true);
  }
}
