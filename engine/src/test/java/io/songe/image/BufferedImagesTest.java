package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedImagesTest {
  @Test
  void pixels_come_back_through_awt() {
    Image transparent = ImageTest.random(9, 5, 1);
    Image opaque = Image.filled(4, 4, Colour.opaque(1, 128, 255));

    assertThat(roundTrip(transparent)).isEqualTo(transparent);
    assertThat(roundTrip(opaque)).isEqualTo(opaque);
    assertThat(BufferedImages.toBufferedImage(opaque).getType())
        .isEqualTo(BufferedImage.TYPE_INT_RGB);
  }

  @Test
  void channels_are_not_swapped() {
    Image image = Image.filled(1, 1, Colour.opaque(1, 2, 3));

    assertThat(BufferedImages.toBufferedImage(image).getRGB(0, 0)).isEqualTo(0xff010203);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void grey_levels_are_kept(int type) {
    var grey = new BufferedImage(1, 1, type);
    grey.getRaster().setSample(0, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 128 : 128 << 8);

    Image image = BufferedImages.fromBufferedImage(grey);

    assertThat(image.at(0, 0)).isEqualTo(Colour.opaque(128, 128, 128));
  }

  private static Image roundTrip(Image image) {
    return BufferedImages.fromBufferedImage(BufferedImages.toBufferedImage(image));
  }
}
