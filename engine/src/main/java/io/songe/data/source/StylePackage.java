package io.songe.data.source;

/**
 * A package of drawings in one style.
 *
 * @param style what the style is called in captions
 * @param form how the drawings lie in it
 * @param tier what its licence asks
 * @param npm the package
 */
public record StylePackage(String style, Form form, Tier tier, NpmPackage npm) {
  /** How drawings lie in a package. */
  public enum Form {
    /** The bodies of vector drawings by name in {@code icons.json}. */
    ICONIFY,
    /** A vector drawing a file, in {@code color/svg}, named by code points. */
    SVG,
    /** A WebP picture a file, in {@code assets}, named by code points. */
    WEBP
  }
}
