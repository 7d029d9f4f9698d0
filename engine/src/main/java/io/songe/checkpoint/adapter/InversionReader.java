package io.songe.checkpoint.adapter;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.NewWord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the forms in which textual inversions are published. */
final class InversionReader {
  /** Written by A1111: a dictionary of one. */
  private static final String PARAMETERS = "string_to_param.";

  /** Beside them: the token's number in the vocabulary while it was trained. */
  private static final String TOKENS = "string_to_token.";

  private static final String ONLY = "emb_params";
  private static final List<String> XL = List.of("clip_l", "clip_g");

  /** What a file is called that was not given a name. */
  private static final String UNNAMED = "learned_embeds";

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  /** More than any chunk of a text has tokens. */
  private static final long MOST_VECTORS = 1000;

  private final Path file;
  private final FileLabel label;

  InversionReader(Path file) {
    this.file = file;
    this.label = FileLabel.of(file);
  }

  TextualInversion read() {
    if (isPng()) {
      return inversion("", List.of(PngInversion.read(file)));
    }
    try (TensorSource source = WeightsFile.open(file);
        Scope _ = Scope.open()) {
      return read(source);
    }
  }

  private boolean isPng() {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PNG.length), PNG);
    } catch (IOException failure) {
      throw label.unreadable(failure);
    }
  }

  private TextualInversion read(TensorSource source) {
    List<String> names = new ArrayList<>(source.names());
    names.removeIf(name -> name.startsWith(TOKENS));
    if (names.size() == 2 && names.containsAll(XL)) {
      return inversion("", XL.stream().map(name -> vectors(source.get(name))).toList());
    }
    if (names.size() != 1) {
      throw label.broken(
          "holds %d tensors, such as %s; a textual inversion has one, or clip_l and clip_g, so it is another kind of file"
              .formatted(
                  names.size(), names.stream().sorted().limit(5).map(FileLabel::shorten).toList()));
    }
    String name = names.getFirst();
    boolean token = !name.equals(ONLY) && !name.startsWith(PARAMETERS) && !XL.contains(name);
    return inversion(token ? name : "", List.of(vectors(source.get(name))));
  }

  private TextualInversion inversion(String token, List<WordVectors> vectors) {
    if (vectors.stream().map(WordVectors::count).distinct().count() != 1) {
      throw label.broken(
          "has %s vectors for the text encoders, which must be equally many; download it again"
              .formatted(vectors.stream().map(WordVectors::count).toList()));
    }
    String stem = AdapterFile.stem(file);
    Set<String> spellings = new LinkedHashSet<>();
    if (token.isBlank() || !stem.startsWith(UNNAMED)) {
      spellings.add(stem);
    }
    if (!token.isBlank()) {
      spellings.add(token);
    }
    return new TextualInversion(
        file, new NewWord(List.copyOf(spellings), vectors.getFirst().count()), vectors);
  }

  private WordVectors vectors(StoredTensor stored) {
    long rank = stored.shape().rank();
    if (rank < 1 || rank > 2 || !stored.dtype().isFloatingPoint()) {
      throw label.broken(
          "%s is %s of %s, and vectors of a word are numbers of [count, width]; is it another kind of file?"
              .formatted(FileLabel.shorten(stored.name()), stored.shape(), stored.dtype()));
    }
    long width = stored.shape().dim((int) rank - 1);
    long count = rank == 1 ? 1 : stored.shape().dim(0);
    Tensor numbers = stored.toTensor().to(DType.FLOAT32);
    return vectors(width, count, numbers.contiguous().toFloats(), label);
  }

  /**
   * Checked vectors.
   *
   * @throws BrokenFileException if there are none, or too many, or they hold what is no number
   */
  static WordVectors vectors(long width, long count, float[] numbers, FileLabel label) {
    if (width < 1 || count < 1 || count > MOST_VECTORS) {
      throw label.broken(
          "has %d vectors of %d numbers; a word has from 1 to %d, so it is another kind of file"
              .formatted(count, width, MOST_VECTORS));
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw label.broken(
            "holds values that are infinite or not numbers; it is damaged, download it again");
      }
    }
    return new WordVectors((int) width, numbers);
  }
}
