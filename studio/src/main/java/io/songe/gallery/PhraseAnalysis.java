package io.songe.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * How phrases become words of the index: once as if they were English, once as if they were French,
 * since one gallery has both and a phrase does not say which it is; and once with their endings, to
 * be found by their beginnings. Accents and capitals do not count.
 */
final class PhraseAnalysis {
  static final String ENGLISH = "english";
  static final String FRENCH = "french";
  static final String WHOLE = "whole";

  /** Other names of what a phrase names, and what is around it; see {@link RelatedWords}. */
  static final String ENGLISH_NAMES = "english names";

  static final String FRENCH_NAMES = "french names";
  static final String ENGLISH_AROUND = "english around";
  static final String FRENCH_AROUND = "french around";

  private static final CharArraySet ENGLISH_FILLERS =
      set(
          "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it",
          "of", "on", "or", "that", "the", "their", "this", "to", "was", "with");

  /** Without "son", "ton" and "été", which are things to draw. */
  private static final CharArraySet FRENCH_FILLERS =
      set(
          "a", "à", "au", "aux", "avec", "ce", "ces", "cette", "d", "dans", "de", "des", "du",
          "elle", "en", "est", "et", "il", "l", "la", "le", "les", "leur", "ou", "par", "pour",
          "qu", "que", "qui", "sa", "se", "ses", "sur", "un", "une");

  private static final Analyzer BY_FIELD =
      new PerFieldAnalyzerWrapper(
          new Whole(),
          Map.of(
              ENGLISH, new English(),
              ENGLISH_NAMES, new English(),
              ENGLISH_AROUND, new English(),
              FRENCH, new French(),
              FRENCH_NAMES, new French(),
              FRENCH_AROUND, new French()));

  private PhraseAnalysis() {}

  private static CharArraySet set(String... words) {
    return CharArraySet.unmodifiableSet(new CharArraySet(List.of(words), false));
  }

  /** {@return the analysis of every field} */
  static Analyzer byField() {
    return BY_FIELD;
  }

  /** {@return the words of a text as a field has them} */
  static List<String> words(String field, String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = BY_FIELD.tokenStream(field, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
      return words;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * {@return the language of a phrase, by the small words in it; both if they do not say}
   *
   * @param phrase any
   */
  static List<String> languages(String phrase) {
    List<String> all = words(WHOLE, phrase);
    long english = all.stream().filter(ENGLISH_FILLERS::contains).count();
    long french = all.stream().filter(FRENCH_FILLERS::contains).count();
    if (english == french) {
      return List.of(ENGLISH, FRENCH);
    }
    return List.of(english > french ? ENGLISH : FRENCH);
  }

  private static final class English extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream lower = new LowerCaseFilter(new EnglishPossessiveFilter(source));
      TokenStream plain = new ASCIIFoldingFilter(new StopFilter(lower, ENGLISH_FILLERS));
      return new TokenStreamComponents(source, new PorterStemFilter(plain));
    }
  }

  private static final class French extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream lower =
          new LowerCaseFilter(new ElisionFilter(source, FrenchAnalyzer.DEFAULT_ARTICLES));
      TokenStream plain = new ASCIIFoldingFilter(new StopFilter(lower, FRENCH_FILLERS));
      return new TokenStreamComponents(source, new FrenchLightStemFilter(plain));
    }
  }

  private static final class Whole extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream lower =
          new LowerCaseFilter(new ElisionFilter(source, FrenchAnalyzer.DEFAULT_ARTICLES));
      return new TokenStreamComponents(source, new ASCIIFoldingFilter(lower));
    }
  }
}
