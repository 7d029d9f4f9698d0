package io.songe.checkpoint.adapter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tensor in a LoRA's file, as the various programs write it.
 *
 * @param module the layer that it changes, as the file calls it
 * @param role of the tensor there
 */
record LoraKey(String module, Role role) {
  /** What a tensor is to its layer. */
  enum Role {
    /** From the layer's input to the few numbers between: kohya's down, PEFT's A. */
    DOWN,
    /** From the few numbers between to the layer's output: kohya's up, PEFT's B. */
    UP,
    /** The kernel between the two, where a convolution was decomposed further. */
    MIDDLE,
    /** By which the product is multiplied, and divided by its rank. */
    ALPHA
  }

  private record Form(Role role, Pattern pattern) {
    private static Form of(Role role, String regex) {
      return new Form(role, Pattern.compile(regex));
    }
  }

  private record Refused(String kind, Pattern pattern) {
    private static Refused of(String kind, String regex) {
      return new Refused(kind, Pattern.compile(regex));
    }
  }

  /** Longer than any network's. */
  private static final int LONGEST = 400;

  private static final List<Form> FORMS =
      List.of(
          Form.of(Role.DOWN, "(.+)_lora\\.down\\.weight"),
          Form.of(Role.UP, "(.+)_lora\\.up\\.weight"),
          Form.of(
              Role.DOWN,
              "(.+)\\.(?:lora_down|lora\\.down|lora_linear_layer\\.down|lora_A|lora_A\\.\\w+)\\.weight"),
          Form.of(
              Role.UP,
              "(.+)\\.(?:lora_up|lora\\.up|lora_linear_layer\\.up|lora_B|lora_B\\.\\w+)\\.weight"),
          Form.of(Role.MIDDLE, "(.+)\\.lora_mid\\.weight"),
          Form.of(Role.ALPHA, "(.+?)(?:_lora|\\.lora)?\\.alpha"));

  private static final List<Refused> REFUSED =
      List.of(
          Refused.of("LoHa", ".+\\.hada_[wt].*"),
          Refused.of("LoKr", ".+\\.lokr_[wt].*"),
          Refused.of("DoRA", ".+\\.(dora_scale|lora_magnitude_vector.*)"),
          Refused.of("OFT", ".+\\.oft_.*"),
          Refused.of("IA3", ".+\\.(on_input|ia3_.*)"),
          Refused.of("GLoRA", ".+\\.(a1|a2|b1|b2)\\.weight"),
          Refused.of("full differences", ".+\\.diff(_b)?"),
          Refused.of("changed norms", ".+\\.[wb]_norm"),
          Refused.of("textual inversions inside of a LoRA", "bundle_emb\\..+"));

  /** {@return the parts of a name; empty if it is of no LoRA} */
  static Optional<LoraKey> parse(String name) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    for (Form form : FORMS) {
      Matcher matcher = form.pattern.matcher(name);
      if (matcher.matches()) {
        return Optional.of(new LoraKey(matcher.group(1), form.role));
      }
    }
    return Optional.empty();
  }

  /** {@return the kind of adapter that a name tells, if it is one that is known and not applied} */
  static Optional<String> refusedKind(String name) {
    return name.length() > LONGEST
        ? Optional.empty()
        : REFUSED.stream()
            .filter(refused -> refused.pattern.matcher(name).matches())
            .map(Refused::kind)
            .findFirst();
  }
}
