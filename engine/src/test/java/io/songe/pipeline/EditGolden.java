package io.songe.pipeline;

import io.songe.format.SafetensorsFile;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/** Pictures of tools/golden/editing.py. */
final class EditGolden {
  private EditGolden() {}

  /** A picture of [height, width, 3] bytes. */
  static Image picture(SafetensorsFile golden) {
    try (Scope _ = Scope.open()) {
      Tensor pixels = golden.get("picture").toTensor();
      int height = Math.toIntExact(pixels.dim(0));
      int width = Math.toIntExact(pixels.dim(1));
      float[] levels = pixels.to(DType.FLOAT32).toFloats();
      byte[] rgba = new byte[4 * width * height];
      for (int i = 0; i < width * height; i++) {
        for (int channel = 0; channel < 3; channel++) {
          rgba[4 * i + channel] = (byte) levels[3 * i + channel];
        }
        rgba[4 * i + 3] = -1;
      }
      return Image.of(width, height, rgba);
    }
  }

  /** A mask of [height, width] bytes, as a picture. */
  static Image mask(SafetensorsFile golden) {
    try (Scope _ = Scope.open()) {
      Tensor levels = golden.get("mask").toTensor();
      int height = Math.toIntExact(levels.dim(0));
      int width = Math.toIntExact(levels.dim(1));
      float[] numbers = levels.to(DType.FLOAT32).toFloats();
      byte[] bytes = new byte[numbers.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) numbers[i];
      }
      return Mask.of(width, height, bytes).toImage();
    }
  }

  /** What the reference decoded, as a picture. */
  static Image decoded(SafetensorsFile golden, String name) {
    try (Scope _ = Scope.open()) {
      Tensor planes = golden.get(name).toTensor().to(DType.FLOAT32);
      return Image.fromPlanes(
          Math.toIntExact(planes.dim(3)), Math.toIntExact(planes.dim(2)), planes.toFloats());
    }
  }

  /** Of colours and coverage, in dB; of the pixels where a mask is white. */
  static double psnr(Image one, Image other, Image where) {
    byte[] a = one.rgba();
    byte[] b = other.rgba();
    byte[] white = where.rgba();
    double squares = 0;
    int counted = 0;
    for (int i = 0; i < a.length; i++) {
      if (white[i / 4 * 4] == -1) {
        double difference = Byte.toUnsignedInt(a[i]) - Byte.toUnsignedInt(b[i]);
        squares += difference * difference;
        counted++;
      }
    }
    return squares == 0
        ? Double.POSITIVE_INFINITY
        : 10 * Math.log10(255.0 * 255.0 * counted / squares);
  }
}
