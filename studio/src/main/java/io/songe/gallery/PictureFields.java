package io.songe.gallery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** A picture's entry as a document of the index. */
final class PictureFields {
  static final String ID = "id";
  static final String OWNER = "owner";
  static final String ENTRY = "entry";
  static final String PIXELS = "pixels";
  static final String LOOK = "look";
  static final String CREATED = "created";
  static final String STARS = "stars";

  /** What holds of a picture: some of the names below. */
  static final String IS = "is";

  static final String KEPT = "kept";
  static final String TRASHED = "trashed";
  static final String FAVOURITE = "favourite";
  static final String EDITED = "edited";

  /** The folder, and a number made of the file's name. */
  static final String FOLDER = "folder";

  static final String NAME_NUMBER = "name";

  private static final double ALMOST_SQUARE = 1.05;

  /** Words of which only counts whether they are there. */
  private static final FieldType ONLY_WHETHER = new FieldType();

  static {
    ONLY_WHETHER.setIndexOptions(IndexOptions.DOCS);
    ONLY_WHETHER.setOmitNorms(true);
    ONLY_WHETHER.freeze();
  }

  private PictureFields() {}

  static Document document(Entry entry) {
    Picture picture = entry.picture();
    Place place = entry.place();
    Document document = new Document();
    document.add(new StringField(ID, picture.id(), Store.NO));
    document.add(new SortedDocValuesField(ID, new BytesRef(picture.id())));
    document.add(new StringField(OWNER, picture.owner(), Store.NO));
    document.add(new StoredField(ENTRY, entry.toJson()));
    document.add(new StringField(PIXELS, entry.pixels(), Store.NO));
    document.add(new BinaryDocValuesField(LOOK, new BytesRef(entry.look().numbers())));
    document.add(new LongField(CREATED, micros(picture.created()), Store.NO));
    document.add(new IntField(STARS, picture.rating(), Store.NO));
    document.add(new SortedDocValuesField(FOLDER, new BytesRef(place.folder())));
    document.add(new NumericDocValuesField(NAME_NUMBER, number(place.name().file())));
    addWords(document, picture.phrase());
    addFlags(document, picture);
    addFacets(document, picture);
    return document;
  }

  private static void addWords(Document document, String phrase) {
    document.add(new TextField(PhraseAnalysis.ENGLISH, phrase, Store.NO));
    document.add(new TextField(PhraseAnalysis.FRENCH, phrase, Store.NO));
    document.add(new TextField(PhraseAnalysis.WHOLE, phrase, Store.NO));
    RelatedWords.Meaning meaning = RelatedWords.bundled().of(phrase);
    document.add(new Field(PhraseAnalysis.ENGLISH_NAMES, meaning.englishNames(), ONLY_WHETHER));
    document.add(new Field(PhraseAnalysis.FRENCH_NAMES, meaning.frenchNames(), ONLY_WHETHER));
    document.add(new Field(PhraseAnalysis.ENGLISH_AROUND, meaning.english(), ONLY_WHETHER));
    document.add(new Field(PhraseAnalysis.FRENCH_AROUND, meaning.french(), ONLY_WHETHER));
  }

  private static void addFlags(Document document, Picture picture) {
    document.add(new StringField(IS, picture.trashed() ? TRASHED : KEPT, Store.NO));
    if (picture.favourite()) {
      document.add(new StringField(IS, FAVOURITE, Store.NO));
    }
    if (picture.edited()) {
      document.add(new StringField(IS, EDITED, Store.NO));
    }
  }

  private static void addFacets(Document document, Picture picture) {
    addFacet(document, "model", picture.model());
    addFacet(document, "style", picture.style());
    addFacet(document, "sampler", picture.sampler());
    addFacet(document, "shape", shape(picture.width(), picture.height()));
    picture.collections().forEach(name -> addFacet(document, "collection", name));
  }

  private static void addFacet(Document document, String facet, String value) {
    if (!value.isEmpty()) {
      document.add(new KeywordField(facet, value, Store.NO));
    }
  }

  /** {@return {@code square}, {@code wide} or {@code tall}} */
  static String shape(int width, int height) {
    if (width > ALMOST_SQUARE * height) {
      return "wide";
    }
    return height > ALMOST_SQUARE * width ? "tall" : "square";
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /**
   * {@return a number for a file's name} The sum of these tells whether two folders have the same
   * files (FNV-1a, 64 bits, Fowler, Noll and Vo 1991).
   */
  static long number(String file) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : file.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
