package io.songe.data.source;

import io.songe.image.Image;
import io.songe.image.Png;

/**
 * From artwork to the PNG file that a shard holds.
 *
 * @param side of every picture, in pixels
 * @param framing how it comes into the square
 */
record Rendering(int side, Framing framing) {
  /** Raised when the same artwork begins to give other pixels: shards of another are not kept. */
  static final int VERSION = 1;

  /** A picture whose coverage is nowhere above this shows nothing. */
  private static final int FAINTEST = 8;

  /** {@return the picture as a PNG file, the same for the same artwork} */
  byte[] png(Artwork artwork) throws UnusableArtworkException {
    Image picture =
        switch (artwork) {
          case Artwork.Vector(String svg) -> VectorRenderer.draw(svg, side, framing.longer(side));
          case Artwork.Raster raster -> framing.apply(RasterReader.read(raster.bytes()), side);
          case Artwork.File(var file) -> framing.apply(RasterReader.read(file), side);
        };
    Image clean = withoutHiddenColour(picture);
    return new Png(clean).encode();
  }

  /** Under no coverage there is no colour, so that equal pictures are equal files. */
  private static Image withoutHiddenColour(Image picture) throws UnusableArtworkException {
    byte[] rgba = picture.rgba();
    int most = 0;
    for (int i = 0; i < rgba.length; i += 4) {
      int cover = rgba[i + 3] & 0xff;
      most = Math.max(most, cover);
      if (cover == 0) {
        rgba[i] = 0;
        rgba[i + 1] = 0;
        rgba[i + 2] = 0;
      }
    }
    if (most <= FAINTEST) {
      throw new UnusableArtworkException("the picture is blank");
    }
    return Image.of(picture.width(), picture.height(), rgba);
  }
}
