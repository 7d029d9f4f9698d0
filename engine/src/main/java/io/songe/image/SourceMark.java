package io.songe.image;

import java.util.Map;

/**
 * The machine-readable mark that a picture was made by a model: an XMP packet with the property
 * {@code DigitalSourceType} of the IPTC, which search engines, editors and galleries look for. Put
 * {@link #text()} under {@link #KEYWORD} among a PNG's texts.
 */
public enum SourceMark {
  /** Drawn by a model from words alone. */
  TRAINED_ALGORITHMIC_MEDIA("trainedAlgorithmicMedia"),
  /** Drawn by a model over a picture that existed before. */
  COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA("compositeWithTrainedAlgorithmicMedia");

  /** The keyword of XMP in a PNG file. */
  public static final String KEYWORD = "XML:com.adobe.xmp";

  private final String term;

  SourceMark(String term) {
    this.term = term;
  }

  /** {@return the term's address in the IPTC's vocabulary} */
  public String uri() {
    return "http://cv.iptc.org/newscodes/digitalsourcetype/" + term;
  }

  /** {@return the XMP packet: ASCII but for the byte-order mark that XMP asks for} */
  public String text() {
    return """
    <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about=""
            xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
            Iptc4xmpExt:DigitalSourceType="%s"/>
      </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="r"?>\
    """
        .formatted(uri());
  }

  /**
   * Whether a picture carries this mark, by whatever program it was written.
   *
   * @param texts the texts of a PNG file
   * @return whether its XMP names this source
   */
  public boolean isIn(Map<String, String> texts) {
    String xmp = texts.getOrDefault(KEYWORD, "");
    return xmp.contains("DigitalSourceType") && xmp.contains("digitalsourcetype/" + term);
  }
}
