package io.songe.checkpoint.adapter;

import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What adapters make of the weights of one network. The weights themselves stay as they are in
 * their file; a network that is built without changes has them bit by bit.
 */
public final class WeightChanges {
  /** No change. */
  public static final WeightChanges NONE = new WeightChanges(Map.of(), List.of());

  static final String TOKENS = "embeddings.token_embedding.weight";

  private final Map<String, List<Addition>> additions;
  private final List<WordVectors> words;

  /** What is added to a weight. */
  private record Addition(LoraModule module, double strength) {}

  private WeightChanges(Map<String, List<Addition>> additions, List<WordVectors> words) {
    this.additions = additions;
    this.words = List.copyOf(words);
  }

  /** {@return no additions, and these new rows of the table of tokens} */
  static WeightChanges ofWords(List<WordVectors> words) {
    return new WeightChanges(Map.of(), words);
  }

  /** {@return these changes and those of a LoRA} */
  WeightChanges with(Map<String, LoraModule> modules, double strength) {
    if (strength == 0) {
      return this;
    }
    Map<String, List<Addition>> more = new LinkedHashMap<>();
    additions.forEach((weight, all) -> more.put(weight, new ArrayList<>(all)));
    modules.forEach((weight, module) ->
        more.computeIfAbsent(weight, _ -> new ArrayList<>()).add(new Addition(module, strength)));
    return new WeightChanges(more, words);
  }

  /** {@return whether nothing is changed} */
  public boolean isEmpty() {
    return additions.isEmpty() && words.isEmpty();
  }

  /** {@return whether these and others are the same changes, made by the same opened files} */
  public boolean sameAs(WeightChanges other) {
    return additions.equals(other.additions) && words.equals(other.words);
  }

  /** {@return how many rows the table of tokens has more} */
  public int newTokens() {
    return words.stream().mapToInt(WordVectors::count).sum();
  }

  /**
   * A weight as the network is to have it.
   *
   * @param name of ours
   * @param stored as its file has it
   * @return the same tensor where nothing is changed, else FLOAT32
   */
  public Tensor apply(String name, Tensor stored) {
    List<Addition> own = additions.getOrDefault(name, List.of());
    boolean longer = name.equals(TOKENS) && !words.isEmpty();
    if (own.isEmpty() && !longer) {
      return stored;
    }
    Tensor changed = stored.to(DType.FLOAT32);
    for (Addition each : own) {
      changed = changed.plus(each.module.delta(each.strength).reshape(stored.shape().toArray()));
    }
    if (!longer) {
      return changed;
    }
    List<Tensor> rows = new ArrayList<>(List.of(changed));
    words.forEach(word -> rows.add(word.tensor()));
    return Tensor.concat(rows, 0);
  }
}
