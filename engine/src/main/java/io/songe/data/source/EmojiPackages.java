package io.songe.data.source;

import io.songe.data.Drawing;
import io.songe.data.Skipped;
import io.songe.data.source.EmojiCaptions.Emoji;
import io.songe.file.FileLabel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The drawings of the manifest's packages, each with what it is called in both languages. Only
 * those whose emoji is known and is named in every language are taken.
 */
public final class EmojiPackages {
  /** Numbers behind a name, where a package draws a thing several times. */
  private static final String NUMBER = "-\\d+$";

  private static final String CARTOON = "cartoon";

  private final EmojiCaptions captions;
  private final EmojiNames names;
  private final Map<String, IconPackage> icons;
  private final List<Original> originals = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Integer> keys = new HashMap<>();

  private EmojiPackages(EmojiCaptions captions, EmojiNames names, Map<String, IconPackage> icons) {
    this.captions = captions;
    this.names = names;
    this.icons = icons;
  }

  /**
   * Reads packages.
   *
   * @param folder in which their tarballs lie
   * @param manifest which packages
   * @param tier the most that a licence may ask
   * @return all drawings
   * @throws io.songe.error.BrokenFileException if a tarball is missing, is another than the
   *     manifest's, or cannot be read
   */
  public static Originals read(Path folder, Manifest manifest, Tier tier) {
    FileLabel label = new FileLabel(manifest.captions().tarball());
    SortedMap<String, byte[]> texts =
        Tarball.read(folder, manifest.captions(), EmojiCaptions::isWanted);
    EmojiCaptions captions = EmojiCaptions.of(texts, label);
    Manifest chosen = manifest.upTo(tier);
    Map<String, IconPackage> icons = new HashMap<>();
    for (StylePackage style : manifest.needed(tier).styles()) {
      if (style.form() == StylePackage.Form.ICONIFY) {
        icons.put(style.style(), icons(folder, style));
      }
    }
    EmojiNames names = new EmojiNames(captions, texts, icons, label);
    var packages = new EmojiPackages(captions, names, icons);
    chosen.styles().forEach(style -> packages.add(folder, style));
    return new Originals(
        packages.originals, packages.skipped, settings(chosen, tier), chosen.styles());
  }

  private static IconPackage icons(Path folder, StylePackage style) {
    return IconPackage.of(
        Tarball.read(folder, style.npm(), IconPackage::isWanted),
        new FileLabel(style.npm().tarball()));
  }

  private static SequencedMap<String, String> settings(Manifest chosen, Tier tier) {
    SequencedMap<String, String> settings = new TreeMap<>();
    settings.put("tier", tier.code());
    settings.put("captions", chosen.captions().coordinates());
    chosen
        .styles()
        .forEach(style -> settings.put("style " + style.style(), style.npm().coordinates()));
    return settings;
  }

  private void add(Path folder, StylePackage style) {
    switch (style.form()) {
      case ICONIFY -> addIcons(style, icons.getOrDefault(style.style(), none()));
      case SVG ->
          Tarball.read(folder, style.npm(), path -> path.matches("color/svg/[^/]+\\.svg"))
              .forEach((path, bytes) ->
                  add(
                      style,
                      path,
                      Optional.of(codeOfFile(path)),
                      new Artwork.Vector(new String(bytes, StandardCharsets.UTF_8))));
      case WEBP ->
          Tarball.read(folder, style.npm(), path -> path.matches("assets/[^/]+\\.webp"))
              .forEach((path, bytes) ->
                  add(style, path, Optional.of(codeOfFile(path)), new Artwork.Raster(bytes)));
    }
  }

  private static IconPackage none() {
    return new IconPackage(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private static String codeOfFile(String path) {
    return EmojiCaptions.code(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')));
  }

  private void addIcons(StylePackage style, IconPackage pack) {
    pack.drawings()
        .forEach((name, svg) -> {
          Optional<String> code =
              style.style().equals(CARTOON)
                  ? names.find(name.replaceFirst(NUMBER, ""))
                  : Optional.ofNullable(pack.codes().get(name)).or(() -> names.find(name));
          add(style, name, code, new Artwork.Vector(GradientRepair.repaired(svg)));
        });
  }

  private void add(StylePackage style, String name, Optional<String> code, Artwork artwork) {
    Optional<Emoji> emoji = code.map(captions.all()::get).filter(Emoji::inAllLanguages);
    if (emoji.isEmpty()) {
      return;
    }
    String first = style.style() + "/" + code.orElseThrow();
    int count = keys.merge(first, 1, Integer::sum);
    originals.add(
        new Original(
            new Drawing(
                count == 1 ? first : first + "~" + count,
                code.orElseThrow(),
                style.style(),
                emoji.get().group(),
                emoji.get().captions(),
                style.npm().licence(),
                style.npm().coordinates() + " " + name),
            artwork));
  }
}
