package io.songe.evaluate.judge;

import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * From a phrase to its features: the mean of what is known of the pieces of its words, through two
 * layers (Iyyer et al. 2015, deep averaging networks, with the pieces of Bojanowski et al. 2017).
 * It needs no tokenizer, is the same for all languages, and shares pieces between words that look
 * alike in two of them.
 */
final class PhraseTower {
  private static final double EPSILON = 1e-5;

  private final Tensor table;
  private final LayerNorm norm;
  private final Linear first;
  private final Linear second;
  private final DType dtype;

  PhraseTower(JudgeConfig config, Parameters p) {
    table = p.in("pieces").table("weight", Shape.of(config.buckets(), config.wordWidth()));
    dtype = p.dtype();
    norm = new LayerNorm(config.wordWidth(), EPSILON, p.in("norm"));
    first = new Linear(config.wordWidth(), config.features(), p.in("first"));
    second = new Linear(config.features(), config.features(), p.in("second"));
  }

  /** A batch of phrases to features [batch, features], not yet normed. */
  Tensor forward(WordPieces.Batch phrases) {
    Tensor ids = Tensor.of(phrases.ids, phrases.count(), phrases.longest);
    Tensor weights = Tensor.of(phrases.weights, phrases.count(), phrases.longest, 1);
    Tensor mean = Functional.embedding(table, ids).times(weights).sum(1).squeeze(1).to(dtype);
    return second.forward(Functional.gelu(first.forward(norm.forward(mean))));
  }
}
