package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Loading AWT would cost a command line a tenth of a second and more, and needs a module apart. */
class WithoutAwtTest {
  @Test
  void drawing_writing_and_reading_a_picture_need_only_the_base_module() throws Exception {
    assertThat(runWithBaseModuleOnly("picture")).isEqualTo("Image 64x64");
  }

  @Test
  void the_bridge_to_awt_would_be_noticed() throws Exception {
    assertThat(runWithBaseModuleOnly("bridge")).startsWith("NoClassDefFoundError");
  }

  private static String runWithBaseModuleOnly(String what)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "--limit-modules",
                "java.base",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                what)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** Runs in a Java of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] what) {
      float[] planes = new float[4 * 64 * 64];
      Image image = Image.fromPlanes(64, 64, planes);
      Png png = new Png(image.resize(32, 32, Resampling.LANCZOS3).over(Colour.WHITE));
      Png.decode(png.withText("Title", "🦊").encode(), "x", PngLimits.DEFAULT);
      if (what[0].equals("bridge")) {
        try {
          BufferedImages.toBufferedImage(image);
        } catch (NoClassDefFoundError missing) {
          System.out.println("NoClassDefFoundError " + missing.getMessage());
          return;
        }
      }
      System.out.println(image);
    }
  }
}
