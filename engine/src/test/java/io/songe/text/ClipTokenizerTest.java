package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.atIndex;

import io.songe.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ClipTokenizerTest {
  private static final String[] LETTERS =
      "abcdefghijklmnopqrstuvwxyzàâäæçéèêëîïôœöùûüÿßñøåłšž".split("", -1);
  private static final String[] SYMBOLS = "!?.,;:-_+*/=()[]{}#@&%$€£«»…–—’'\"".split("", -1);
  private static final String[] MIXED =
      "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLM éÉœŒßİΣ 0123456789 !?.,'’<|> 猫ก \t\n".split("", -1);

  private final ClipTokenizer tokenizer = ClipTokenizer.open(GoldenTokens.mini());

  @Test
  void a_short_text_is_one_chunk_as_the_truncating_way_gives_it() {
    List<TokenIds> chunks = tokenizer.chunks("a red apple, 3d style");

    assertThat(chunks).containsExactly(tokenizer.truncated("a red apple, 3d style"));
  }

  @Test
  void a_chunk_is_begun_ended_and_padded_to_the_models_length() {
    TokenIds ids = tokenizer.encode("a red apple");

    TokenIds chunk = tokenizer.truncated("a red apple");

    assertThat(chunk.size()).isEqualTo(tokenizer.maxLength()).isEqualTo(40);
    assertThat(chunk.at(0)).isEqualTo(tokenizer.beginId()).isEqualTo(8382);
    assertThat(chunk.at(ids.size() + 1)).isEqualTo(tokenizer.endId()).isEqualTo(8383);
    assertThat(chunk.at(ids.size() + 2)).isEqualTo(tokenizer.padId()).isEqualTo(8383);
  }

  @Test
  void an_empty_text_is_one_chunk_of_begin_end_and_padding() {
    TokenIds chunk = tokenizer.chunks("").getFirst();

    assertThat(tokenizer.encode("").size()).isZero();
    assertThat(tokenizer.chunks("")).hasSize(1);
    assertThat(chunk.at(0)).isEqualTo(tokenizer.beginId());
    assertThat(chunk.toArray()).endsWith(tokenizer.endId(), tokenizer.padId());
    assertThat(tokenizer.decode(chunk)).isEmpty();
  }

  @Test
  void a_text_that_just_fits_is_one_chunk_and_one_token_more_makes_two() {
    assertThat(tokenizer.chunks("! ".repeat(38))).hasSize(1);
    assertThat(tokenizer.chunks("! ".repeat(39))).hasSize(2);
    assertThat(tokenizer.chunks("! ".repeat(76))).hasSize(2);
    assertThat(tokenizer.chunks("! ".repeat(77))).hasSize(3);
  }

  @Test
  void chunks_hold_every_token_in_order() {
    String text = "a red apple and a blue bird on a table, ".repeat(20);
    int[] ids = tokenizer.encode(text).toArray();
    int room = tokenizer.maxLength() - 2;

    List<TokenIds> chunks = tokenizer.chunks(text);

    assertThat(chunks).hasSize((ids.length + room - 1) / room).hasSizeGreaterThan(4);
    for (int position = 0; position < ids.length; position++) {
      assertThat(chunks.get(position / room).at(1 + position % room)).isEqualTo(ids[position]);
    }
    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(chunk.size()).isEqualTo(tokenizer.maxLength());
          assertThat(chunk.at(0)).isEqualTo(tokenizer.beginId());
          assertThat(chunk.toArray()).contains(tokenizer.endId());
        });
  }

  @Test
  void truncation_keeps_the_first_chunk() {
    String text = "red ".repeat(200);

    assertThat(tokenizer.truncated(text)).isEqualTo(tokenizer.chunks(text).getFirst());
  }

  @Test
  void an_id_beyond_the_vocabulary_is_refused_by_number_and_place() {
    assertThatThrownBy(() -> tokenizer.decode(TokenIds.of(320, 8384)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "token id 8384 at position 1 is not in the vocabulary, whose ids are 0 to 8383; are the"
                + " ids from another tokenizer?");
  }

  @Test
  void half_a_surrogate_pair_counts_as_the_replacement_character() {
    assertThat(tokenizer.encode("a\uD83Db \uDE00")).isEqualTo(tokenizer.encode("a\uFFFDb \uFFFD"));
  }

  @Test
  void words_decode_to_themselves() {
    var random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      String text = spacedWords(random);

      assertThat(tokenizer.decode(tokenizer.encode(text))).as("round " + round).isEqualTo(text);
    }
  }

  @Test
  void decoded_text_encodes_to_the_same_ids() {
    var random = new Random(2);
    for (int round = 0; round < 2_000; round++) {
      TokenIds ids = tokenizer.encode(run(random, MIXED, 1 + random.nextInt(60)));

      assertThat(tokenizer.encode(tokenizer.decode(ids))).as("round " + round).isEqualTo(ids);
    }
  }

  @Test
  void any_text_at_all_has_ids_within_the_vocabulary() {
    var random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      String text = anyText(random);

      int[] ids = tokenizer.encode(text).toArray();

      for (int id : ids) {
        assertThat(id).as("round " + round).isBetween(0, tokenizer.vocabularySize() - 1);
      }
      int room = tokenizer.maxLength() - 2;
      assertThat(tokenizer.chunks(text))
          .hasSize(Math.max(1, (ids.length + room - 1) / room))
          .contains(tokenizer.truncated(text), atIndex(0));
    }
  }

  @Test
  void a_word_as_long_as_a_whole_prompt_is_soon_encoded() {
    String emoji = "\uD83E\uDDD1\uD83C\uDFFD\u200D\uD83D\uDE80".repeat(2_000);

    TokenIds ids =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> tokenizer.encode(emoji + "a".repeat(10_000)));

    assertThat(ids.size()).isGreaterThan(1_000);
  }

  private static String spacedWords(Random random) {
    var text = new StringBuilder();
    int words = 1 + random.nextInt(12);
    for (int word = 0; word < words; word++) {
      text.append(word == 0 ? "" : " ");
      switch (random.nextInt(4)) {
        case 0 -> text.append(random.nextInt(10));
        case 1 -> text.append(run(random, SYMBOLS, 1 + random.nextInt(4)));
        default -> text.append(run(random, LETTERS, 1 + random.nextInt(12)));
      }
    }
    return text.toString();
  }

  private static String run(Random random, String[] characters, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  /** Code units, code points and ASCII in equal parts, so half surrogate pairs are common. */
  private static String anyText(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(40);
    for (int position = 0; position < length; position++) {
      switch (random.nextInt(3)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        default -> text.append((char) random.nextInt(0x80));
      }
    }
    return text.toString();
  }
}
