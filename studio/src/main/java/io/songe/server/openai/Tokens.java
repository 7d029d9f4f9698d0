package io.songe.server.openai;

import io.songe.image.Image;
import io.songe.mini.SongeMini;
import io.songe.text.ClipTokenizer;
import io.songe.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a request reads and draws, for the field {@code usage}. A text's tokens are those of
 * CLIP's vocabulary, which all models of the family share; a picture has one for each area of 16 x
 * 16 pixels.
 */
final class Tokens {
  private static final int SIDE = 16;

  private @Nullable ClipTokenizer tokenizer;

  /** Opened with the first request, so that the server starts without it. */
  private synchronized ClipTokenizer tokenizer() {
    ClipTokenizer present = tokenizer;
    if (present == null) {
      present = ClipTokenizer.open(SongeMini.folder().resolve("tokenizer"));
      tokenizer = present;
    }
    return present;
  }

  /**
   * Counts.
   *
   * @param given pictures of the request
   * @param drawn pictures of the answer, which have all one size
   */
  Answers.Usage count(Prompt prompt, List<Image> given, int drawn, int width, int height) {
    ClipTokenizer words = tokenizer();
    int text = words.encode(prompt.positive()).size() + words.encode(prompt.negative()).size();
    int images = given.stream().mapToInt(each -> ofPicture(each.width(), each.height())).sum();
    int output = drawn * ofPicture(width, height);
    return new Answers.Usage(
        text + images + output,
        text + images,
        output,
        new Answers.Tokens(text, images),
        new Answers.Tokens(0, output));
  }

  private static int ofPicture(int width, int height) {
    return Math.ceilDiv(width, SIDE) * Math.ceilDiv(height, SIDE);
  }
}
