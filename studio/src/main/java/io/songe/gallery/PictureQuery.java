package io.songe.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Searches as queries of the index. What people type is words, never a query language. */
final class PictureQuery {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** More of a long phrase say nothing new. */
  private static final int MOST_LIKE_WORDS = 60;

  private static final float OTHER_NAME = 0.5f;
  private static final float AROUND = 0.25f;

  private final BooleanQuery.Builder query = new BooleanQuery.Builder();

  private PictureQuery() {}

  /** {@return the words of a search that say something, in their order} */
  static List<String> significant(String words) {
    return SPACE
        .splitAsStream(words)
        .filter(word ->
            !PhraseAnalysis.words(PhraseAnalysis.ENGLISH, word).isEmpty()
                && !PhraseAnalysis.words(PhraseAnalysis.FRENCH, word).isEmpty())
        .toList();
  }

  /**
   * {@return pictures that have all words, and all else that is wanted}
   *
   * @param words that say something
   * @param search for all else
   */
  static Query all(List<String> words, Search search) {
    var made = new PictureQuery();
    words.forEach(word -> made.query.add(inEitherLanguage(word), Occur.MUST));
    made.restrict(search);
    return made.query.build();
  }

  /** {@return as {@link #all}, with a last word of which only the beginning is known} */
  static Query allAndBeginning(List<String> words, Search search) {
    var made = new PictureQuery();
    words
        .subList(0, words.size() - 1)
        .forEach(word -> made.query.add(inEitherLanguage(word), Occur.MUST));
    List<String> parts = PhraseAnalysis.words(PhraseAnalysis.WHOLE, words.getLast());
    for (int i = 0; i < parts.size(); i++) {
      Term term = new Term(PhraseAnalysis.WHOLE, parts.get(i));
      made.query.add(
          i < parts.size() - 1 ? new TermQuery(term) : new PrefixQuery(term), Occur.MUST);
    }
    made.restrict(search);
    return made.query.build();
  }

  /** {@return what lies in an owner's trash} */
  static Query trash(String owner) {
    return both(term(PictureFields.OWNER, owner), is(PictureFields.TRASHED));
  }

  /** {@return everybody's pictures that began with another one, in the trash too} */
  static Query edited() {
    return is(PictureFields.EDITED);
  }

  /** {@return an owner's pictures of certain pixels} */
  static Query pixels(String owner, String pixels) {
    return both(term(PictureFields.OWNER, owner), term(PictureFields.PIXELS, pixels));
  }

  private static Query both(Query one, Query other) {
    return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.FILTER).build();
  }

  /** {@return an owner's pictures out of the trash, and one more; those with words score} */
  static Query like(Picture picture) {
    BooleanQuery kept =
        new BooleanQuery.Builder()
            .add(is(PictureFields.KEPT), Occur.SHOULD)
            .add(term(PictureFields.ID, picture.id()), Occur.SHOULD)
            .build();
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .add(term(PictureFields.OWNER, picture.owner()), Occur.FILTER)
            .add(kept, Occur.FILTER);
    significant(picture.phrase()).stream()
        .distinct()
        .limit(MOST_LIKE_WORDS)
        .forEach(word -> query.add(inEitherLanguage(word), Occur.SHOULD));
    return query.build();
  }

  /** {@return what a query finds, if it is one picture} */
  static Query onlyIf(Query query, String id) {
    return new BooleanQuery.Builder()
        .add(query, Occur.MUST)
        .add(term(PictureFields.ID, id), Occur.FILTER)
        .build();
  }

  /**
   * Pictures with a word in their phrases, then those with another name for it, then those with
   * something around it. The best of these counts, in the better of the languages.
   */
  private static Query inEitherLanguage(String word) {
    return new DisjunctionMaxQuery(
        List.of(
            itself(PhraseAnalysis.ENGLISH, word),
            itself(PhraseAnalysis.FRENCH, word),
            worth(OTHER_NAME, inLanguage(PhraseAnalysis.ENGLISH_NAMES, word)),
            worth(OTHER_NAME, inLanguage(PhraseAnalysis.FRENCH_NAMES, word)),
            worth(AROUND, inLanguage(PhraseAnalysis.ENGLISH_AROUND, word)),
            worth(AROUND, inLanguage(PhraseAnalysis.FRENCH_AROUND, word))),
        0);
  }

  /** Scores from 1, however frequent the word. */
  private static Query itself(String field, String word) {
    Query query = inLanguage(field, word);
    return new BooleanQuery.Builder()
        .add(query, Occur.MUST)
        .add(worth(1, query), Occur.SHOULD)
        .build();
  }

  private static Query worth(float score, Query query) {
    return new BoostQuery(new ConstantScoreQuery(query), score);
  }

  /** A word may be several to the analysis, such as "sci-fi". */
  private static Query inLanguage(String field, String word) {
    BooleanQuery.Builder parts = new BooleanQuery.Builder();
    for (String part : PhraseAnalysis.words(field, word)) {
      parts.add(term(field, part), Occur.MUST);
    }
    return parts.build();
  }

  private void restrict(Search search) {
    List<Query> filters = new ArrayList<>();
    filters.add(term(PictureFields.OWNER, search.owner()));
    filters.add(is(search.trashed() ? PictureFields.TRASHED : PictureFields.KEPT));
    if (search.favourites()) {
      filters.add(is(PictureFields.FAVOURITE));
    }
    if (search.edited()) {
      filters.add(is(PictureFields.EDITED));
    }
    if (search.leastRating() > 0) {
      filters.add(
          IntField.newRangeQuery(PictureFields.STARS, search.leastRating(), Integer.MAX_VALUE));
    }
    if (search.since().isPresent() || search.until().isPresent()) {
      filters.add(created(search));
    }
    search.facets().forEach((facet, value) -> filters.add(term(facet, value)));
    filters.forEach(filter -> query.add(filter, Occur.FILTER));
  }

  private static Query created(Search search) {
    long since = search.since().map(PictureFields::micros).orElse(Long.MIN_VALUE);
    Optional<Long> until = search.until().map(PictureFields::micros);
    return LongField.newRangeQuery(
        PictureFields.CREATED, since, until.map(time -> time - 1).orElse(Long.MAX_VALUE));
  }

  private static Query is(String name) {
    return term(PictureFields.IS, name);
  }

  static Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }
}
