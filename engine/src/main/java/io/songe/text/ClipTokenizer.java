package io.songe.text;

import io.songe.error.InvalidRequestException;
import io.songe.text.syntax.Fragment;
import io.songe.text.syntax.PromptSyntax;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CLIP's tokenizer: lower-cased text, cut into words, each spelled in learned pairs of bytes.
 * Radford et al. 2021 (CLIP), section 2.4; Sennrich et al. 2016. Ids are those of transformers
 * 5.23's {@code CLIPTokenizer} on any text, tokens written in the text such as {@code
 * <|endoftext|>} included.
 *
 * <p>A text encoder reads a fixed number of ids at a time, {@link #maxLength()}: the begin token,
 * up to {@code maxLength() - 2} tokens of the text, the end token, and pad tokens up to that
 * length. Longer texts are either {@linkplain #truncated(String) cut off} there, as the reference
 * does, or given in several {@linkplain #chunks(String) chunks}.
 *
 * <p>Immutable; one tokenizer may be used by many threads.
 */
public final class ClipTokenizer {
  /** The chunk length of all published CLIP text encoders, for folders that give none. */
  static final int CLIP_MAX_LENGTH = 77;

  static final String BEGIN = "<|startoftext|>";
  static final String END = "<|endoftext|>";

  private final BytePairs pairs;
  private final Vocabulary vocabulary;
  private final SpecialTokens special;
  private final AddedTokens added;
  private final Set<Integer> leftOut;
  private final int maxLength;
  private final OptionalInt comma;
  private final List<NewWord> words;

  ClipTokenizer(BytePairs pairs, Vocabulary vocabulary, SpecialTokens special, int maxLength) {
    this(pairs, vocabulary, special, maxLength, List.of());
  }

  private ClipTokenizer(
      BytePairs pairs,
      Vocabulary vocabulary,
      SpecialTokens special,
      int maxLength,
      List<NewWord> words) {
    this.pairs = pairs;
    this.vocabulary = vocabulary;
    this.special = special;
    this.added = new AddedTokens(special.added(), words, vocabulary.size());
    this.words = List.copyOf(words);
    this.maxLength = maxLength;
    this.comma =
        vocabulary.id("," + BytePairs.END_OF_WORD).stream().mapToInt(Integer::intValue).findFirst();
    this.leftOut =
        special.added().stream()
            .filter(AddedToken::special)
            .map(AddedToken::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Opens a published tokenizer's folder: {@code tokenizer.json}, or else {@code vocab.json} and
   * {@code merges.txt}, with {@code tokenizer_config.json} and its companions where they are. The
   * files are read wholly and not kept open. Without {@code model_max_length} chunks are of 77.
   *
   * @param folder the folder, on any file system
   * @return the tokenizer
   * @throws io.songe.error.BrokenFileException if a file is missing, garbled, at odds with another,
   *     or of another tokenizer than CLIP's
   */
  public static ClipTokenizer open(Path folder) {
    return new TokenizerFolder(folder).read();
  }

  /**
   * This tokenizer with new words, in place of those that it may have. Their tokens have the ids
   * behind the vocabulary's, in their order. A word is found wherever it is not a part of a longer
   * run of letters, the longest first.
   *
   * @param learnt the words
   * @return a tokenizer that knows them
   */
  public ClipTokenizer with(List<NewWord> learnt) {
    return new ClipTokenizer(pairs, vocabulary, special, maxLength, learnt);
  }

  /**
   * The tokens of a text, without begin, end or padding.
   *
   * @param text any text; half a surrogate pair is taken for U+FFFD
   * @return its ids, none for an empty or blank text
   */
  public TokenIds encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    added.split(
        ClipNormalization.wellFormed(text),
        ids::add,
        stretch -> {
          for (String word : ClipWords.of(stretch)) {
            pairs.encode(word.getBytes(StandardCharsets.UTF_8)).forEach(ids);
          }
        });
    return TokenIds.of(ids.build().toArray());
  }

  /**
   * The beginning of a text as one chunk, as the reference gives it with {@code
   * padding="max_length", truncation=True}; the rest is ignored.
   *
   * @param text any text
   * @return {@link #maxLength()} ids
   */
  public TokenIds truncated(String text) {
    int[] ids = encode(text).toArray();
    return chunk(ids, 0, Math.min(ids.length, room()));
  }

  /**
   * A whole text in chunks. Its tokens are dealt out in order, {@code maxLength() - 2} to a chunk,
   * wherever in a word or sentence that cuts; each chunk is begun, ended and padded for itself. A
   * text that fits gives one chunk, equal to {@link #truncated}; an empty one gives one chunk too.
   *
   * @param text any text
   * @return the chunks in reading order, at least one, each of {@link #maxLength()} ids
   */
  public List<TokenIds> chunks(String text) {
    return chunks(text, PromptSyntax.LITERAL).stream().map(WeightedChunk::ids).toList();
  }

  /**
   * A phrase in chunks, as its syntax says: literally as {@link #chunks(String)}; else with a new
   * chunk at every BREAK, the weights of its words, and no cut soon after a comma.
   *
   * @param phrase any text
   * @param syntax of the phrase
   * @return the chunks in reading order, at least one, each of {@link #maxLength()} ids
   */
  public List<WeightedChunk> chunks(String phrase, PromptSyntax syntax) {
    boolean literal = syntax == PromptSyntax.LITERAL;
    var filler = new ChunkFiller(room(), literal ? OptionalInt.empty() : comma, this::framed);
    for (Fragment fragment : syntax.weigh(phrase).fragments()) {
      switch (fragment) {
        case Fragment.Break _ -> filler.end();
        case Fragment.Words(String words, double weight) -> {
          for (int id : encode(words).toArray()) {
            filler.add(id, (float) weight);
          }
        }
      }
    }
    return filler.finish();
  }

  private WeightedChunk framed(int[] ids, float[] itsWeights) {
    var weights = new float[maxLength];
    Arrays.fill(weights, 1);
    System.arraycopy(itsWeights, 0, weights, 1, ids.length);
    return new WeightedChunk(chunk(ids, 0, ids.length), weights, ids.length);
  }

  /**
   * The text that ids spell, in lower case, with a space after each word. Special tokens are left
   * out, and bytes that are not UTF-8 become U+FFFD.
   *
   * @param ids token ids
   * @return the text, without white space around it
   * @throws InvalidRequestException if an id is not in the vocabulary
   */
  public String decode(TokenIds ids) {
    var bytes = new ByteArrayOutputStream();
    for (int position = 0; position < ids.size(); position++) {
      int id = ids.at(position);
      if (id >= vocabularySize()) {
        throw new InvalidRequestException(
            "token id %d at position %d is not in the vocabulary, whose ids are 0 to %d; are the ids from another tokenizer?"
                .formatted(id, position, vocabularySize() - 1));
      }
      if (id >= vocabulary.size()) {
        bytes.writeBytes(learnt(id).getBytes(StandardCharsets.UTF_8));
      } else if (!leftOut.contains(id)) {
        ByteAlphabet.write(vocabulary.token(id), bytes);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(BytePairs.END_OF_WORD, " ").strip();
  }

  /**
   * Compares with another tokenizer.
   *
   * @param other any
   * @return whether both give the same ids, but perhaps for texts in which special tokens are
   *     written out
   */
  public boolean agreesWith(ClipTokenizer other) {
    return maxLength == other.maxLength
        && special.begin() == other.special.begin()
        && special.end() == other.special.end()
        && special.pad() == other.special.pad()
        && special.unknown() == other.special.unknown()
        && vocabulary.agreesWith(other.vocabulary)
        && pairs.agreesWith(other.pairs);
  }

  /** A new word at its first token, nothing at the others. */
  private String learnt(int id) {
    int first = vocabulary.size();
    for (NewWord word : words) {
      if (id == first) {
        return NewWord.normalized(word.spellings().getFirst()) + BytePairs.END_OF_WORD;
      }
      first += word.tokens();
    }
    return "";
  }

  /**
   * {@return the number of tokens, which are the rows that an embedding table needs} Those of new
   * words are among them.
   */
  public int vocabularySize() {
    return vocabulary.size() + words.stream().mapToInt(NewWord::tokens).sum();
  }

  /** {@return the number of ids in a chunk, begin and end included} */
  public int maxLength() {
    return maxLength;
  }

  /** {@return the id that begins each chunk} */
  public int beginId() {
    return special.begin();
  }

  /** {@return the id that ends the text in each chunk} */
  public int endId() {
    return special.end();
  }

  /** {@return the id that fills a chunk after its end, in some models the same as the end's} */
  public int padId() {
    return special.pad();
  }

  private int room() {
    return maxLength - 2;
  }

  private TokenIds chunk(int[] ids, int start, int end) {
    var chunk = new int[maxLength];
    Arrays.fill(chunk, padId());
    chunk[0] = beginId();
    System.arraycopy(ids, start, chunk, 1, end - start);
    chunk[end - start + 1] = endId();
    return TokenIds.of(chunk);
  }
}
