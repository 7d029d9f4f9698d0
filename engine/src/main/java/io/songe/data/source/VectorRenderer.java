package io.songe.data.source;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.renderer.SVGRenderingHints;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import io.songe.image.BufferedImages;
import io.songe.image.Image;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Draws vector drawings. Safe for use by several threads. */
final class VectorRenderer {
  private static final LoaderContext SELF_CONTAINED =
      LoaderContext.builder()
          .externalResourcePolicy(ResourcePolicy.DENY_ALL)
          .documentLimits(
              new DocumentLimits(
                  DocumentLimits.DEFAULT_MAX_NESTING_DEPTH,
                  DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH,
                  SafeSvg.MOST_ELEMENTS))
          .build();

  /** Kept, since a level that is set on a logger lasts only as long as the logger. */
  private static final Logger REPORTS = Logger.getLogger("com.github.weisj.jsvg");

  static {
    REPORTS.setLevel(Level.OFF); // what is wrong with a drawing is said by an exception
  }

  private VectorRenderer() {}

  /**
   * Draws a drawing in the middle of a transparent square.
   *
   * @param svg the text of an SVG file
   * @param side of the square, in pixels
   * @param longer the drawing's longer side, in pixels
   * @return the picture, with straight coverage
   * @throws UnusableArtworkException if the drawing is malformed, unsafe, or cannot be drawn
   */
  static Image draw(String svg, int side, int longer) throws UnusableArtworkException {
    SafeSvg.check(svg);
    try {
      SVGDocument document = load(svg);
      if (document == null) {
        throw new UnusableArtworkException("the drawing cannot be understood");
      }
      FloatSize size = document.size();
      if (!(size.width > 0 && size.height > 0)) {
        throw new UnusableArtworkException("the drawing has no size");
      }
      double scale = longer / (double) Math.max(size.width, size.height);
      float width = (float) (size.width * scale);
      float height = (float) (size.height * scale);
      var picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB_PRE);
      Graphics2D graphics = picture.createGraphics();
      try {
        hint(graphics);
        document.renderWithPlatform(
            NullPlatformSupport.INSTANCE,
            graphics,
            new ViewBox((side - width) / 2, (side - height) / 2, width, height));
      } finally {
        graphics.dispose();
      }
      return BufferedImages.fromBufferedImage(picture);
    } catch (RuntimeException | StackOverflowError failure) {
      throw new UnusableArtworkException("the drawing cannot be drawn (" + failure + ")", failure);
    }
  }

  private static @Nullable SVGDocument load(String svg) {
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    return new SVGLoader().load(bytes, null, SELF_CONTAINED);
  }

  private static void hint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.setRenderingHint(
        SVGRenderingHints.KEY_SOFT_CLIPPING, SVGRenderingHints.VALUE_SOFT_CLIPPING_ON);
    graphics.setRenderingHint(
        SVGRenderingHints.KEY_MASK_CLIP_RENDERING,
        SVGRenderingHints.VALUE_MASK_CLIP_RENDERING_ACCURACY);
  }
}
