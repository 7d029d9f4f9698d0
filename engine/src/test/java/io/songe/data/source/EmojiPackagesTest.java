package io.songe.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With packages written here: a fox, a snowman, and a thumb that has no French name. */
class EmojiPackagesTest {
  private static final Map<String, String> CAPTIONS =
      new TreeMap<>(
          Map.of(
              "meta/groups.json", "{\"groups\": {\"3\": \"animals-nature\"}}",
              "en/data.json",
                  """
                  [{"label": "fox", "hexcode": "1F98A", "tags": ["face"], "group": 3},
                   {"label": "snowman", "hexcode": "2603-FE0F"},
                   {"label": "thumbs up", "hexcode": "1F44D", "skins": [{"hexcode": "1F44D-1F3FB"}]}]
                  """,
              "fr/data.json",
                  """
                  [{"label": "renard", "hexcode": "1F98A", "tags": ["visage", "animal"], "group": 3},
                   {"label": "bonhomme de neige", "hexcode": "2603-FE0F"}]
                  """));

  static {
    for (String name :
        List.of("cldr-native", "github", "cldr", "emojibase", "iamcal", "joypixels")) {
      CAPTIONS.put("en/shortcodes/" + name + ".json", "{}");
    }
    CAPTIONS.put("en/shortcodes/emojibase-legacy.json", "{\"2603\": [\"frosty_man\"]}");
  }

  private static final Map<String, String> NOTO =
      Map.of(
          "chars.json",
              "{\"1f98a\": \"fox\", \"1f44d\": \"thumbs-up\", \"1f44d-1f3fb\": \"thumbs-up-light\"}",
          "icons.json",
              """
              {"width": 10, "icons": {"fox": {"body": "<path d='M0 0H9V9Z'/>", "height": 20},
                "thumbs-up": {"body": ""}, "thumbs-up-light": {"body": ""},
                "gone": {"body": "", "hidden": true}}}
              """);

  private static final Map<String, String> CARTOON =
      Map.of(
          "icons.json",
          """
          {"icons": {"frosty-man": {"body": ""}, "fox-1": {"body": ""}, "fox-2": {"body": ""},
            "nothing-known": {"body": ""}}}
          """);

  @TempDir Path folder;

  private NpmPackage put(String name, Map<String, String> files) throws IOException {
    var unknown = new NpmPackage(name, "1.0.0", "", "MIT", "somebody", "somewhere");
    Path file = folder.resolve(unknown.tarball());
    try (OutputStream out = Files.newOutputStream(file);
        var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, String> one : files.entrySet()) {
        byte[] bytes = one.getValue().getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry("package/" + one.getKey());
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return new NpmPackage(
        name, "1.0.0", sha512(Files.readAllBytes(file)), "MIT", "somebody", "somewhere");
  }

  private static String sha512(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
      return "sha512-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Manifest manifest() throws IOException {
    return new Manifest(
        put("words", CAPTIONS),
        List.of(
            style("noto", StylePackage.Form.ICONIFY, Tier.PERMISSIVE, put("@a/noto", NOTO)),
            style("cartoon", StylePackage.Form.ICONIFY, Tier.ATTRIBUTION, put("ca", CARTOON)),
            style(
                "outline",
                StylePackage.Form.SVG,
                Tier.SHARE_ALIKE,
                put("open", Map.of("color/svg/2603.svg", "<svg/>", "black/svg/2603.svg", "")))));
  }

  private static StylePackage style(
      String style, StylePackage.Form form, Tier tier, NpmPackage npm) {
    return new StylePackage(style, form, tier, npm);
  }

  private List<String> keys(Tier tier) throws IOException {
    return EmojiPackages.read(folder, manifest(), tier).drawings().stream()
        .map(original -> original.drawing().key())
        .toList();
  }

  @Test
  void drawings_are_found_by_code_point_by_name_and_by_short_code() throws IOException {
    assertThat(keys(Tier.SHARE_ALIKE))
        .containsExactly(
            "cartoon/1F98A", "cartoon/1F98A~2", "cartoon/2603", "noto/1F98A", "outline/2603");
  }

  @Test
  void a_tier_leaves_out_what_asks_for_more() throws IOException {
    assertThat(keys(Tier.ATTRIBUTION)).doesNotContain("outline/2603").hasSize(4);
    assertThat(keys(Tier.PERMISSIVE)).containsExactly("noto/1F98A");
  }

  @Test
  void a_drawing_says_all_that_is_known_of_it() throws IOException {
    Original fox = EmojiPackages.read(folder, manifest(), Tier.PERMISSIVE).drawings().getFirst();

    Drawing drawing = fox.drawing();
    assertThat(drawing.group()).isEqualTo("animals-nature");
    assertThat(drawing.licence()).isEqualTo("MIT");
    assertThat(drawing.source()).isEqualTo("@a/noto@1.0.0 fox");
    assertThat(drawing.caption(Language.FRENCH).orElseThrow().label()).isEqualTo("renard");
    assertThat(drawing.caption(Language.FRENCH).orElseThrow().keywords())
        .containsExactly("visage", "animal");
    assertThat(fox.artwork())
        .isEqualTo(
            new Artwork.Vector(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"10\" height=\"20\" viewBox=\"0 0 10 20\"><path d='M0 0H9V9Z'/></svg>"));
  }

  @Test
  void a_tarball_with_another_checksum_is_refused() throws IOException {
    Manifest manifest = manifest();
    Files.write(folder.resolve("a-noto-1.0.0.tgz"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> EmojiPackages.read(folder, manifest, Tier.PERMISSIVE))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining(
            "a-noto-1.0.0.tgz: is not the pinned package: its checksum is sha512-");
  }

  @Test
  void a_missing_tarball_is_named_with_the_way_to_fetch_it() throws IOException {
    Manifest manifest = manifest();
    Files.delete(folder.resolve("a-noto-1.0.0.tgz"));

    assertThatThrownBy(() -> EmojiPackages.read(folder, manifest, Tier.PERMISSIVE))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("is missing; fetch it with 'npm pack @a/noto@1.0.0'");
  }

  @Test
  void the_bundled_manifest_pins_every_package() {
    Manifest bundled = Manifest.bundled();

    assertThat(bundled.styles()).hasSize(10);
    assertThat(bundled.upTo(Tier.ATTRIBUTION).styles()).hasSize(8);
    assertThat(bundled.packages())
        .allSatisfy(one -> {
          assertThat(one.integrity()).matches("sha512-[A-Za-z0-9+/]{86}==");
          assertThat(one.version()).matches("\\d+\\.\\d+\\.\\d+");
        });
    assertThat(bundled.styles())
        .allSatisfy(style ->
            assertThat(style.tier() == Tier.SHARE_ALIKE)
                .isEqualTo(style.npm().licence().contains("-SA-")));
  }

  @Test
  void a_transformation_that_an_optimiser_dropped_is_given_back() {
    String damaged =
        "<radialGradient id=\"a\" cx=\"64\" cy=\"-862.9\" gradientTransform=\"matrix(1 0 0 -1 0 -800)\"/>"
            + "<radialGradient id=\"b\" cy=\"62.9\" href=\"#a\"/><radialGradient id=\"c\" href=\"#a\"/>";

    assertThat(GradientRepair.repaired(damaged))
        .contains("cy=\"62.9\" href=\"#a\" gradientTransform=\"matrix(1 0 0 1 0 0)\"/>")
        .endsWith("<radialGradient id=\"c\" href=\"#a\"/>");
  }
}
