package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class KittyGraphicsTest {
  private static final Pattern SEQUENCE =
      Pattern.compile("\033_G([^;]*);([A-Za-z0-9+/=]*)\033\\\\");

  /** The pixels in a drawing, as ARGB. */
  private static int[] decode(String drawing, int count) throws DataFormatException {
    Matcher matcher = SEQUENCE.matcher(drawing);
    StringBuilder base64 = new StringBuilder();
    while (matcher.find()) {
      base64.append(matcher.group(2));
    }
    Inflater inflater = new Inflater();
    inflater.setInput(Base64.getDecoder().decode(base64.toString()));
    ByteBuffer rgba = ByteBuffer.allocate(4 * count);
    assertThat(inflater.inflate(rgba.array())).isEqualTo(4 * count);
    assertThat(inflater.finished()).isTrue();
    inflater.end();
    int[] argb = new int[count];
    for (int i = 0; i < count; i++) {
      argb[i] = Integer.rotateRight(rgba.getInt(4 * i), 8);
    }
    return argb;
  }

  @Test
  void one_sequence_carries_a_small_picture_and_says_where_it_goes() throws DataFormatException {
    String drawing = KittyGraphics.draw(Pictures.of(2, 0xFF010203, 0x80FFFE00), 7, 4, 2);

    assertThat(drawing)
        .startsWith("\033_Ga=T,q=2,f=32,o=z,s=2,v=1,i=7,p=1,c=4,r=2,C=1,m=0;")
        .endsWith("\033\\");
    assertThat(decode(drawing, 2)).containsExactly(0xFF010203, 0x80FFFE00);
  }

  @Test
  void a_large_picture_is_cut_and_comes_together_again() throws DataFormatException {
    Random random = new Random(5);
    int[] noise = random.ints(64 * 64).toArray();

    String drawing = KittyGraphics.draw(Pictures.of(64, noise), 1, 8, 4);

    assertThat(SEQUENCE.matcher(drawing).replaceAll("")).isEmpty();
    assertThat(SEQUENCE.matcher(drawing).results().skip(1))
        .hasSizeGreaterThan(4)
        .allSatisfy(next -> {
          assertThat(next.group(1)).matches("q=2,m=[01]");
          assertThat(next.group(2)).hasSizeLessThanOrEqualTo(4096);
        });
    assertThat(SEQUENCE.matcher(drawing).results().map(next -> next.group(1).endsWith("m=0")))
        .endsWith(true)
        .containsOnlyOnce(true);
    assertThat(decode(drawing, noise.length)).isEqualTo(noise);
  }
}
