import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import java.nio.file.Path;

/** Writes the files that check_written_png.py reads: run by that script. */
final class WritePng {
  private WritePng() {}

  public static void main(String[] arguments) {
    for (int opaque = 0; opaque < 2; opaque++) {
      byte[] rgba = new byte[4 * 61 * 43];
      for (int i = 0; i < rgba.length; i++) {
        int pixel = i / 4;
        rgba[i] = (byte) (pixel % 61 * 7 * (i % 4 + 1) ^ pixel / 61 * 3);
        if (opaque == 1 && i % 4 == 3) {
          rgba[i] = -1;
        }
      }
      new Png(Image.of(61, 43, rgba))
          .withText("parameters", "a fox, étang\nNegative prompt: flou\nSteps: 20, Seed: 5, Size: 61x43")
          .withText("songe", "{\"prompt\": \"狐と湖 🦊 – “déjà vu”\"}")
          .withText("Software", "Songe")
          .withText("Comment", "")
          .withText(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text())
          .write(Path.of(arguments[0], opaque == 1 ? "opaque.png" : "transparent.png"));
    }
  }
}
