package io.songe.evaluate.judge;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** One of the many ways to say what a drawing shows. */
final class CaptionChoice {
  private static final double LABEL_ALONE = .55;
  private static final double LABEL_AND_KEYWORDS = .9;
  private static final int MOST_KEYWORDS = 3;

  private CaptionChoice() {}

  /**
   * A caption: the label, alone or before keywords, or keywords alone, in one of the languages.
   *
   * @param drawing which
   * @param draws choose
   * @param position which choice
   */
  static String of(Drawing drawing, Draws draws, long position) {
    List<Caption> captions = List.copyOf(drawing.captions().values());
    Caption caption = captions.get(draws.below(captions.size(), 0, position));
    double form = draws.uniform(1, position);
    if (form < LABEL_ALONE || caption.keywords().isEmpty()) {
      return caption.label();
    }
    List<String> words = new ArrayList<>();
    if (form < LABEL_AND_KEYWORDS) {
      words.add(caption.label());
    }
    int[] order = draws.in(position).order(caption.keywords().size(), 2);
    int count = 1 + draws.below(MOST_KEYWORDS, 3, position);
    for (int i = 0; i < Math.min(count, order.length); i++) {
      words.add(caption.keywords().get(order[i]));
    }
    return String.join(", ", words);
  }
}
