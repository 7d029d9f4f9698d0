package io.songe.data.source;

import io.songe.format.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The open packages that a corpus is made of: the resource {@code packages.json}, the one place
 * where versions, checksums and licences stand.
 *
 * @param captions names and keywords of emoji in English and French
 * @param styles packages of drawings, one a style
 */
public record Manifest(NpmPackage captions, List<StylePackage> styles) {
  private static final String RESOURCE = "packages.json";

  /** A manifest with its list copied. */
  public Manifest {
    styles = List.copyOf(styles);
  }

  /** {@return the manifest that Songe has with it} */
  public static Manifest bundled() {
    try (InputStream in =
        Objects.requireNonNull(Manifest.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException damagedJar) {
      throw new UncheckedIOException(damagedJar);
    }
  }

  static Manifest parse(String text) {
    JsonConfig json = JsonConfig.parse(RESOURCE, text);
    JsonConfig styles = json.object("styles");
    List<StylePackage> packages = new ArrayList<>();
    for (String style : styles.keys()) {
      JsonConfig one = styles.object(style);
      packages.add(
          new StylePackage(
              style,
              StylePackage.Form.valueOf(one.string("form").toUpperCase(Locale.ROOT)),
              Tier.of(one.string("tier")),
              NpmPackage.of(one)));
    }
    return new Manifest(NpmPackage.of(json.object("captions")), packages);
  }

  /**
   * The manifest without packages whose licence asks for more.
   *
   * @param tier the most that a licence may ask
   * @return a manifest of the other packages
   */
  public Manifest upTo(Tier tier) {
    return new Manifest(
        captions, styles.stream().filter(style -> style.tier().compareTo(tier) <= 0).toList());
  }

  /**
   * The packages that a build has to read. Names of drawings are learned from the packages up to
   * {@link Tier#ATTRIBUTION} even where their drawings are not taken, so that a drawing has the
   * same name in every build.
   *
   * @param tier the most that a licence may ask
   * @return a manifest of the packages to fetch
   */
  public Manifest needed(Tier tier) {
    return upTo(tier.compareTo(Tier.ATTRIBUTION) < 0 ? Tier.ATTRIBUTION : tier);
  }

  /** {@return all packages: the captions, then the styles} */
  public List<NpmPackage> packages() {
    return Stream.concat(Stream.of(captions), styles.stream().map(StylePackage::npm)).toList();
  }
}
