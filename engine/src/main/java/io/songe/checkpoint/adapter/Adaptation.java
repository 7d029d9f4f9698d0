package io.songe.checkpoint.adapter;

import io.songe.checkpoint.adapter.AdaptedPart.Kind;
import io.songe.tensor.Shape;
import io.songe.text.NewWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What several adapters together make of a model.
 *
 * @param changes of each network, in the order of the parts
 * @param words that its tokenizers learn
 * @param applied what is said of it in recipes
 */
public record Adaptation(
    List<WeightChanges> changes, List<NewWord> words, List<AppliedAdapter> applied) {
  /** Copies the lists. */
  public Adaptation {
    changes = List.copyOf(changes);
    words = List.copyOf(words);
    applied = List.copyOf(applied);
  }

  /**
   * Compares adapters with a model.
   *
   * @param parts networks of a model, the text encoders in the order in which their features are
   *     joined
   * @param loras to be added
   * @param inversions words to be taught, all different
   * @return the changes
   * @throws io.songe.error.BrokenFileException if an adapter was made for other models
   * @throws io.songe.error.InvalidRequestException if two teach the same word
   */
  public static Adaptation of(
      List<AdaptedPart> parts, List<WeightedLora> loras, List<TextualInversion> inversions) {
    List<WeightChanges> changes = new ArrayList<>(taught(parts, inversions));
    for (WeightedLora each : loras) {
      LoraFit fit = LoraFit.of(each.lora(), parts);
      for (int i = 0; i < parts.size(); i++) {
        double strength =
            parts.get(i).kind() == Kind.UNET ? each.imageStrength() : each.textStrength();
        changes.set(i, changes.get(i).with(fit.parts().get(i), strength));
      }
    }
    TextualInversion.requireDifferent(inversions);
    return new Adaptation(
        changes,
        inversions.stream().map(TextualInversion::word).toList(),
        Stream.concat(
                loras.stream().map(AppliedAdapter::of), inversions.stream().map(AppliedAdapter::of))
            .toList());
  }

  private static List<WeightChanges> taught(
      List<AdaptedPart> parts, List<TextualInversion> inversions) {
    List<Integer> widths =
        parts.stream().filter(part -> part.kind() != Kind.UNET).map(Adaptation::width).toList();
    List<List<WordVectors>> vectors =
        inversions.stream().map(inversion -> inversion.vectorsFor(widths)).toList();
    List<WeightChanges> changes = new ArrayList<>();
    int tower = 0;
    for (AdaptedPart part : parts) {
      if (part.kind() == Kind.UNET || vectors.isEmpty()) {
        changes.add(WeightChanges.NONE);
      } else {
        int own = tower++;
        changes.add(WeightChanges.ofWords(vectors.stream().map(each -> each.get(own)).toList()));
      }
    }
    return changes;
  }

  private static int width(AdaptedPart encoder) {
    Shape table = Objects.requireNonNull(encoder.tensors().get(WeightChanges.TOKENS));
    return Math.toIntExact(table.dim(1));
  }
}
