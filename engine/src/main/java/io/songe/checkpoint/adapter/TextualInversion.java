package io.songe.checkpoint.adapter;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.text.NewWord;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A word that a model is taught by a few vectors, which its text encoder reads in the place of
 * tokens. Gal et al. 2022 (Textual Inversion). The word is the file's name and, if the file says
 * one, the token that it was trained as. Read wholly, so there is nothing to close.
 */
public final class TextualInversion {
  /** Of the text encoders by which a model can be told. */
  private static final Map<List<Integer>, String> FAMILIES =
      Map.of(
          List.of(768), "Stable Diffusion 1",
          List.of(1024), "Stable Diffusion 2",
          List.of(768, 1280), "Stable Diffusion XL",
          List.of(1280), "the refiner of Stable Diffusion XL");

  private final Path file;
  private final NewWord word;
  private final List<WordVectors> vectors;

  TextualInversion(Path file, NewWord word, List<WordVectors> vectors) {
    this.file = file;
    this.word = word;
    this.vectors = List.copyOf(vectors);
  }

  /**
   * Reads a textual inversion in any published form: a file of PyTorch or safetensors as A1111,
   * diffusers or the trainers of XL write it, or a PNG picture that carries one in its text {@code
   * sd-ti-embedding}.
   *
   * @param file told by its content, whatever its name
   * @return what it teaches
   * @throws BrokenFileException if it cannot be read or is something else
   */
  public static TextualInversion open(Path file) {
    return new InversionReader(file).read();
  }

  /** {@return what it is called by: the file's name without its extension} */
  public String name() {
    return AdapterFile.stem(file);
  }

  /** {@return the word that it teaches} */
  public NewWord word() {
    return word;
  }

  /**
   * {@return SHA-256 of the file, in hexadecimal digits}
   *
   * @throws BrokenFileException if it cannot be read any more
   */
  public String sha256() {
    return FileHash.sha256(file);
  }

  /**
   * {@return whether it was made for models like one}
   *
   * @param widths of the tokens' features of the model's text encoders, in the order in which they
   *     are joined
   */
  public boolean fits(List<Integer> widths) {
    return vectors.stream().map(WordVectors::width).toList().equals(widths);
  }

  /**
   * The vectors for each text encoder of a model.
   *
   * @param widths of their tokens' features, in the order in which they are joined
   * @throws BrokenFileException if it was made for other models
   */
  List<WordVectors> vectorsFor(List<Integer> widths) {
    List<Integer> own = vectors.stream().map(WordVectors::width).toList();
    if (!own.equals(widths)) {
      String made = FAMILIES.get(own);
      throw FileLabel.of(file)
          .broken(
              "has vectors of %s numbers%s, and the text encoders of this model read %s; choose one made for this kind of model"
                  .formatted(
                      joined(own), made == null ? "" : ", which fit " + made, joined(widths)));
    }
    return vectors;
  }

  private static String joined(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  /** Refuses two that teach the same word. */
  static void requireDifferent(List<TextualInversion> inversions) {
    Set<String> spellings = new HashSet<>();
    for (TextualInversion inversion : inversions) {
      for (String spelling : inversion.word.distinctSpellings()) {
        if (!spellings.add(spelling)) {
          throw new InvalidRequestException(
              "two embeddings teach the word '%s', one of them %s; leave one out, or rename its file"
                  .formatted(FileLabel.shorten(spelling), FileLabel.of(inversion.file).text()));
        }
      }
    }
  }
}
