package io.songe.train.autoencoder;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How near copies are to their pictures, all channels alike.
 *
 * @param psnr the peak signal-to-noise ratio in decibels, of the squared error averaged over all
 *     pictures together: {@code -10 log10(mean ((y - x) / 2)^2)} for values in [-1, 1]; infinite
 *     for perfect copies
 * @param ssim structural similarity, averaged over windows, channels and pictures: 1 for perfect
 *     copies; see {@link StructuralSimilarity}
 * @param edgeError by how much the differences of neighbouring pixels differ, averaged over both
 *     directions, as a part of the range of values: 0 for perfect copies
 */
public record ImageQuality(double psnr, double ssim, double edgeError) {
  /** {@return the figures by the names that they have in files; an infinite PSNR is left out} */
  public SequencedMap<String, Object> figures() {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    if (Double.isFinite(psnr)) {
      figures.put("psnr", psnr);
    }
    figures.put("ssim", ssim);
    figures.put("edge_error", edgeError);
    return figures;
  }
}
