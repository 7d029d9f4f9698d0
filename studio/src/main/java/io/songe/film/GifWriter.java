package io.songe.film;

import io.songe.image.Image;
import io.songe.image.SourceMark;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes a film as GIF, whose frames all have the same palette. GIF89a; the extension that makes a
 * film begin again is Netscape's.
 *
 * @param film the film
 */
record GifWriter(Film film) {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final double HUNDREDTHS = 100;

  /** Browsers take shorter ones for a mistake and show such frames slowly. */
  private static final long SHORTEST = 2;

  private static final byte[] FOR_EVER = {1, 0, 0};
  private static final int EXTENSION = 0x21;
  private static final int APPLICATION = 0xff;
  private static final int TRAILER = 0x3b;

  void write(OutputStream out) throws IOException {
    List<Image> shown = film.shown();
    GifPalette palette = GifPalette.of(film.frames());
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < shown.size(); i++) {
        Image frame = shown.get(i);
        Film.requireSize(shown.getFirst(), frame);
        BufferedImage pixels = palette.pixels(frame);
        writer.writeToSequence(
            new IIOImage(pixels, null, metadata(writer, palette.colours(), i)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    byte[] gif = bytes.toByteArray();
    out.write(gif, 0, gif.length - 1);
    String mark = film.texts().get(SourceMark.KEYWORD);
    if (mark != null) {
      out.write(xmp(mark));
    }
    out.write(TRAILER);
  }

  private IIOMetadata metadata(ImageWriter writer, IndexColorModel colours, int frame)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(
                new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED, colours)),
            null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    boolean covered = colours.hasAlpha();
    control.setAttribute("disposalMethod", covered ? "restoreToBackgroundColor" : "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", covered ? "TRUE" : "FALSE");
    control.setAttribute(
        "transparentColorIndex", String.valueOf(Math.max(0, colours.getTransparentPixel())));
    control.setAttribute("delayTime", String.valueOf(delay(frame)));
    if (frame == 0) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(FOR_EVER);
      child(root, "ApplicationExtensions").appendChild(loop);
    }
    metadata.setFromTree(FORMAT, root);
    return metadata;
  }

  /** In hundredths of a second, so that the whole film takes its time. */
  private long delay(int frame) {
    double each = HUNDREDTHS / film.framesPerSecond();
    return Math.max(SHORTEST, Math.round((frame + 1) * each) - Math.round(frame * each));
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode child = new IIOMetadataNode(name);
    root.appendChild(child);
    return child;
  }

  /**
   * XMP as it stands in a GIF: not cut into blocks, but followed by bytes of which each, taken for
   * the length of a block, leads to the end. XMP specification, part 3, section 1.1.2.
   */
  private static byte[] xmp(String packet) {
    var extension = new ByteArrayOutputStream();
    extension.write(EXTENSION);
    extension.write(APPLICATION);
    byte[] name = "XMP DataXMP".getBytes(StandardCharsets.US_ASCII);
    extension.write(name.length);
    extension.writeBytes(name);
    extension.writeBytes(packet.getBytes(StandardCharsets.UTF_8));
    extension.write(1);
    for (int length = 0xff; length >= 0; length--) {
      extension.write(length);
    }
    extension.write(0);
    return extension.toByteArray();
  }
}
