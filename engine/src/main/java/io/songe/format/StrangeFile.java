package io.songe.format;

import io.songe.error.BrokenFileException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a file is that somebody took for weights. Most often a download went wrong, and what was
 * saved is the server's answer.
 */
final class StrangeFile {
  private static final int SHOWN_BYTES = 8;
  private static final String WRONG_DOWNLOAD = "; download the weights again, and look at the link";
  private static final String NO_WEIGHTS = "; give the file with the weights";

  /**
   * How a kind of file begins, in letters of either case, and what to say of it. The first that
   * fits counts.
   */
  private record Sign(Pattern start, String message) {
    static Sign of(String start, String message) {
      return new Sign(Pattern.compile("(?is)" + start + ".*"), message);
    }
  }

  private static final List<Sign> SIGNS =
      List.of(
          Sign.of(
              "version https://git-lfs",
              "is a Git LFS pointer: the weights themselves were not fetched; run 'git lfs pull' in the model's folder"),
          Sign.of(
              "(\u00ef\u00bb\u00bf)?\\s*(<!doctype html|<html|<head)",
              "is a web page and no weights: the link led to a log-in or an error"
                  + WRONG_DOWNLOAD),
          Sign.of("(\u00ef\u00bb\u00bf)?\\s*<", "is an XML text and no weights" + WRONG_DOWNLOAD),
          Sign.of(
              "(\u00ef\u00bb\u00bf)?\\s*\\{",
              "is a JSON text and no weights: a description of them, or a server's error"
                  + WRONG_DOWNLOAD),
          Sign.of("\u0089png", "is a PNG picture" + NO_WEIGHTS),
          Sign.of("\u00ff\u00d8\u00ff", "is a JPEG picture" + NO_WEIGHTS),
          Sign.of("gif8", "is a GIF picture" + NO_WEIGHTS),
          Sign.of("riff....webp", "is a WebP picture" + NO_WEIGHTS),
          Sign.of("%pdf", "is a PDF document" + NO_WEIGHTS),
          Sign.of("pk", "is an empty zip archive, or one in several parts" + NO_WEIGHTS),
          Sign.of(
              "(\u001f\u008b|bzh|7z\u00bc\u00af|rar!|\u00fd7zxz|[(]\u00b5/\u00fd)",
              "is a packed archive; unpack it and give the file with the weights"),
          Sign.of(".{257}ustar", "is a tar archive; unpack it and give the file with the weights"),
          Sign.of(
              "\u0089hdf",
              "is an HDF5 file, as Keras writes it, which this version does not read; get the model's .safetensors files"),
          Sign.of(
              "\u0093numpy",
              "is a NumPy array, which this version does not read; get the model's .safetensors files"),
          Sign.of(
              "(ggml|ggjt|ggmf|lmgg|tjgg|fmgg)",
              "is of a form that came before GGUF and is not read; get a .gguf or .safetensors file"),
          Sign.of(
              "\0{64}",
              "begins with nothing but zeros: its room was made, but the download never filled it; download it again"));

  private StrangeFile() {}

  /** {@return what to throw about a file that is of no kind with weights} */
  static BrokenFileException refused(OpenFile file) {
    MemorySegment bytes = file.bytes();
    if (bytes.byteSize() == 0) {
      return file.label().broken("is empty; download it again");
    }
    String start = WeightsKind.start(bytes);
    for (Sign sign : SIGNS) {
      if (sign.start().matcher(start).matches()) {
        return file.label().broken(sign.message());
      }
    }
    byte[] shown =
        start
            .substring(0, Math.min(SHOWN_BYTES, start.length()))
            .getBytes(StandardCharsets.ISO_8859_1);
    return file.label()
        .broken(
            "is no file of weights that this version knows: it begins with the bytes %s, and neither as safetensors, nor as a PyTorch checkpoint, nor as GGUF; was it downloaded wholly?"
                .formatted(HexFormat.ofDelimiter(" ").formatHex(shown)));
  }
}
