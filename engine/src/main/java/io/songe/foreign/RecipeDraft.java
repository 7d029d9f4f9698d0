package io.songe.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link ForeignRecipe} that is being read. Each setter is given the name under which a value was
 * found, so that a value which cannot be understood becomes a remark instead.
 */
final class RecipeDraft {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d{1,20}\\.?\\d{0,20}|\\.\\d{1,20})([eE][-+]?\\d{1,3})?");
  private static final Pattern TWO_SIDES =
      Pattern.compile("\\D{0,3}(\\d{1,6})\\D{1,5}(\\d{1,6})\\D{0,3}");

  private final Program program;
  private Optional<String> version = Optional.empty();
  private String prompt = "";
  private String negativePrompt = "";
  private OptionalLong seed = OptionalLong.empty();
  private OptionalInt steps = OptionalInt.empty();
  private OptionalDouble guidance = OptionalDouble.empty();
  private Optional<String> sampler = Optional.empty();
  private Optional<String> schedule = Optional.empty();
  private Optional<PictureSize> size = Optional.empty();
  private Optional<String> model = Optional.empty();
  private Optional<String> modelHash = Optional.empty();
  private OptionalInt clipSkip = OptionalInt.empty();
  private OptionalDouble strength = OptionalDouble.empty();
  private Noise noise = Noise.UNKNOWN;
  private final List<Remark> remarks = new ArrayList<>();

  RecipeDraft(Program program) {
    this.program = program;
  }

  void version(String text) {
    version = nonBlank(text);
  }

  void prompt(String text) {
    prompt = text;
  }

  void negativePrompt(String text) {
    negativePrompt = text;
  }

  void seed(String name, String value) {
    seed = whole(name, value, Long.MAX_VALUE);
  }

  void steps(String name, String value) {
    steps = small(name, value);
  }

  void guidance(String name, String value) {
    guidance = decimal(name, value);
  }

  void sampler(String name) {
    sampler = nonBlank(name);
  }

  void schedule(String name) {
    schedule = nonBlank(name);
  }

  /** Two numbers with anything short around and between them. */
  void size(String name, String value) {
    Matcher sides = TWO_SIDES.matcher(value);
    if (sides.matches()) {
      size(name, sides.group(1), sides.group(2));
    } else {
      unused(name, value);
    }
  }

  void size(String name, String width, String height) {
    int before = remarks.size();
    OptionalInt w = small(name, width);
    OptionalInt h = small(name, height);
    if (remarks.size() == before && w.getAsInt() > 0 && h.getAsInt() > 0) {
      size = Optional.of(new PictureSize(w.getAsInt(), h.getAsInt()));
    }
  }

  boolean hasSize() {
    return size.isPresent();
  }

  void model(String name) {
    model = nonBlank(name);
  }

  void modelHash(String hash) {
    modelHash = nonBlank(hash);
  }

  void clipSkip(String name, String value) {
    OptionalInt layer = small(name, value);
    // Some sites write 0 where nothing was skipped.
    clipSkip = layer.isPresent() ? OptionalInt.of(Math.max(1, layer.getAsInt())) : layer;
  }

  void strength(String name, String value) {
    OptionalDouble number = decimal(name, value);
    if (number.isPresent() && number.getAsDouble() < 1) {
      strength = number;
      remarks.add(new Remark.BegunWithPicture(number.getAsDouble()));
    }
  }

  void noise(Noise source) {
    noise = source;
  }

  void unused(String name, String value) {
    remarks.add(new Remark.Unused(name, value));
  }

  void remark(Remark remark) {
    remarks.add(remark);
  }

  private OptionalInt small(String name, String value) {
    OptionalLong number = whole(name, value, Integer.MAX_VALUE);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  private OptionalLong whole(String name, String value, long most) {
    String digits = value.strip();
    if (WHOLE.matcher(digits).matches()) {
      // Nineteen digits may be too many for a long, but never wrap to a number that fits.
      long number = Long.parseUnsignedLong(digits);
      if (number >= 0 && number <= most) {
        return OptionalLong.of(number);
      }
    }
    unused(name, value);
    return OptionalLong.empty();
  }

  private OptionalDouble decimal(String name, String value) {
    String text = value.strip();
    if (DECIMAL.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    }
    unused(name, value);
    return OptionalDouble.empty();
  }

  private static Optional<String> nonBlank(String text) {
    return Optional.of(text).filter(value -> !value.isBlank());
  }

  ForeignRecipe finish() {
    for (String text : List.of(prompt, negativePrompt)) {
      ForeignRecipe.NETWORK_TAG
          .matcher(text)
          .results()
          .forEach(tag -> unused("prompt", tag.group()));
    }
    return new ForeignRecipe(
        program,
        version,
        prompt,
        negativePrompt,
        seed,
        steps,
        guidance,
        sampler,
        schedule,
        size,
        model,
        modelHash,
        clipSkip,
        strength,
        noise,
        remarks);
  }
}
