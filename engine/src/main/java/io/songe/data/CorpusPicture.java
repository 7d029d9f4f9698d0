package io.songe.data;

/** A drawing with its picture, on its way into a corpus. */
public final class CorpusPicture {
  private final int position;
  private final Drawing drawing;
  private final byte[] png;

  /**
   * A picture to be written.
   *
   * @param position in the order of keys, from 0, those left out counted: makes the name in the
   *     shard
   * @param drawing what it is
   * @param png its picture as a PNG file; kept, and only read
   */
  public CorpusPicture(int position, Drawing drawing, byte[] png) {
    this.position = position;
    this.drawing = drawing;
    this.png = png;
  }

  int position() {
    return position;
  }

  Drawing drawing() {
    return drawing;
  }

  byte[] png() {
    return png;
  }
}
