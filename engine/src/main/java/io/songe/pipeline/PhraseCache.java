package io.songe.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Phrases that were encoded lately, so that drawing one again with another seed does not read it
 * again. May be used by several threads.
 */
final class PhraseCache {
  /** 32 MiB: a hundred phrases and more for a large model. */
  private static final long MOST_NUMBERS = 8L << 20;

  private final Map<Key, EncodedPhrase> phrases = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostNumbers;
  private long numbers;

  /**
   * Which features these are.
   *
   * @param tower the number of the model's reader
   * @param phrase what was read
   * @param reading how
   */
  record Key(int tower, String phrase, PromptReading reading) {}

  /** A cache of the usual size. */
  PhraseCache() {
    this(MOST_NUMBERS);
  }

  /** A cache that holds so many numbers. */
  PhraseCache(long mostNumbers) {
    this.mostNumbers = mostNumbers;
  }

  /**
   * A phrase, from the cache or else encoded and put there.
   *
   * @param key which
   * @param encode what to do if it is not there; two threads may do it at once
   * @return the phrase
   */
  EncodedPhrase get(Key key, Supplier<EncodedPhrase> encode) {
    EncodedPhrase known = known(key);
    if (known != null) {
      return known;
    }
    EncodedPhrase encoded = encode.get();
    put(key, encoded);
    return encoded;
  }

  /** Forgets all phrases, which another network would read otherwise. */
  synchronized void clear() {
    phrases.clear();
    numbers = 0;
  }

  private synchronized @Nullable EncodedPhrase known(Key key) {
    return phrases.get(key);
  }

  private synchronized void put(Key key, EncodedPhrase phrase) {
    if (phrase.size() > mostNumbers) {
      return;
    }
    EncodedPhrase before = phrases.put(key, phrase);
    numbers += phrase.size() - (before == null ? 0 : before.size());
    for (var oldest = phrases.values().iterator(); numbers > mostNumbers; ) {
      numbers -= oldest.next().size();
      oldest.remove();
    }
  }
}
