package io.songe.data.source;

import io.songe.file.FileLabel;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through a vector drawing before it is rendered: a drawing is refused that reaches outside
 * itself, holds a program, or unfolds to more than a drawing needs, so that rendering takes bounded
 * time.
 */
final class SafeSvg {
  private static final int LONGEST = 4 << 20;
  static final int MOST_ELEMENTS = 50_000;
  private static final Set<String> REFUSED =
      Set.of("script", "foreignObject", "image", "feImage", "iframe", "audio", "video", "handler");

  private static final XMLInputFactory READERS = readers();

  /** How many elements each named element unfolds to, references within it included. */
  private final Map<String, Unfolded> byId = new HashMap<>();

  private static final class Unfolded {
    private long elements;
    private final Map<String, Integer> references = new HashMap<>();
  }

  private SafeSvg() {}

  private static XMLInputFactory readers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** Refuses a drawing that cannot be rendered safely. */
  static void check(String svg) throws UnusableArtworkException {
    if (svg.length() > LONGEST) {
      throw new UnusableArtworkException(
          "the drawing has %d characters, more than %d".formatted(svg.length(), LONGEST));
    }
    try {
      new SafeSvg().read(READERS.createXMLStreamReader(new StringReader(svg)));
    } catch (XMLStreamException malformed) {
      throw new UnusableArtworkException("the drawing is no well-formed XML", malformed);
    }
  }

  private void read(XMLStreamReader xml) throws XMLStreamException, UnusableArtworkException {
    ArrayDeque<String> open = new ArrayDeque<>();
    ArrayDeque<Unfolded> named = new ArrayDeque<>();
    Unfolded whole = new Unfolded();
    named.push(whole);
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw new UnusableArtworkException("the drawing has a document type");
        case XMLStreamConstants.START_ELEMENT -> {
          String id = element(xml, named);
          open.push(id);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (!open.pop().isEmpty()) {
            named.pop();
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            requireInside(xml.getText());
        default -> {
          // comments and instructions are not rendered
        }
      }
    }
    long all = unfold(whole, new HashSet<>(), new HashMap<>());
    if (all > MOST_ELEMENTS) {
      throw new UnusableArtworkException(
          "the drawing unfolds to more than %d elements".formatted(MOST_ELEMENTS));
    }
  }

  /** {@return the id of the element, empty if it has none} */
  private String element(XMLStreamReader xml, ArrayDeque<Unfolded> named)
      throws UnusableArtworkException {
    if (REFUSED.contains(xml.getLocalName())) {
      throw new UnusableArtworkException(
          "the drawing holds <%s>, which is not taken".formatted(xml.getLocalName()));
    }
    named.forEach(around -> around.elements++);
    String id = "";
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      String value = xml.getAttributeValue(i).strip();
      if (name.toLowerCase(Locale.ROOT).startsWith("on")) {
        throw new UnusableArtworkException("the drawing holds a program (%s)".formatted(name));
      }
      if (name.equals("href")) {
        if (!value.startsWith("#")) {
          throw outside(value);
        }
        String target = value.substring(1);
        named.forEach(around -> around.references.merge(target, 1, Integer::sum));
      }
      requireInside(value);
      if (name.equals("id") && !value.isEmpty()) {
        id = value;
      }
    }
    if (!id.isEmpty()) {
      Unfolded inside = new Unfolded();
      inside.elements = 1;
      byId.put(id, inside);
      named.push(inside);
    }
    return id;
  }

  private static void requireInside(String value) throws UnusableArtworkException {
    String small = value.toLowerCase(Locale.ROOT);
    for (int at = small.indexOf("url("); at >= 0; at = small.indexOf("url(", at + 1)) {
      String target = small.substring(at + "url(".length()).replaceFirst("^[\\s'\"]+", "");
      if (!target.startsWith("#")) {
        throw outside(target);
      }
    }
    if (small.contains("@import")) {
      throw outside("@import");
    }
  }

  private static UnusableArtworkException outside(String target) {
    return new UnusableArtworkException(
        "the drawing refers to something outside itself (%s)".formatted(FileLabel.shorten(target)));
  }

  private long unfold(Unfolded part, Set<String> above, Map<String, Long> known)
      throws UnusableArtworkException {
    long sum = part.elements;
    for (Map.Entry<String, Integer> reference : part.references.entrySet()) {
      String id = reference.getKey();
      Unfolded target = byId.get(id);
      if (target == null) {
        continue;
      }
      if (!above.add(id)) {
        throw new UnusableArtworkException("the drawing refers to itself in a circle");
      }
      Long inside = known.get(id);
      if (inside == null) {
        inside = unfold(target, above, known);
        known.put(id, inside);
      }
      above.remove(id);
      sum += inside * reference.getValue();
      if (sum > MOST_ELEMENTS) {
        return sum;
      }
    }
    return sum;
  }
}
