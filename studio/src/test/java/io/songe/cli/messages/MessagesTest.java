package io.songe.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  /** What MessageFormat fills in, {0,number,0.0}, and what picocli does: %n, %s, ${COMMAND}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9][^}]*}|%[a-z%]|\\$\\{[^}]*}");

  private static Map<String, String> bundle(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(Messages.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> bundle = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> bundle.put(key, properties.getProperty(key)));
    return bundle;
  }

  @Test
  void both_languages_have_the_same_messages_with_the_same_placeholders() throws IOException {
    Map<String, String> english = bundle("Messages.properties");
    Map<String, String> french = bundle("Messages_fr.properties");

    assertThat(french.keySet()).isEqualTo(english.keySet());
    assertThat(french)
        .allSatisfy((key, text) ->
            assertThat(placeholders(text))
                .as(key)
                .isEqualTo(placeholders(english.getOrDefault(key, ""))));
  }

  @Test
  void every_text_is_there_and_none_is_left_over() throws IOException {
    List<String> keys =
        bundle("Messages.properties").keySet().stream()
            .filter(key -> key.startsWith("text."))
            .toList();

    assertThat(Stream.of(Text.values()).map(Text::key)).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Messages.properties", "Messages_fr.properties"})
  void an_apostrophe_in_a_pattern_is_written_twice(String file) throws IOException {
    assertThat(bundle(file))
        .allSatisfy((key, text) -> {
          if (Stream.of("progress.", "error.", "text.").anyMatch(key::startsWith)) {
            assertThat(text.replace("''", "")).as(key).doesNotContain("'");
          }
        });
  }

  @Test
  void numbers_are_written_as_the_language_does() {
    assertThat(Messages.in(Locale.ENGLISH).stepsPerSecond(3.14)).isEqualTo("3.1 steps/s");
    assertThat(Messages.in(Locale.FRANCE).stepsPerSecond(3.14)).isEqualTo("3,1 pas/s");
    assertThat(Messages.in(Locale.ENGLISH).secondsPerStep(2.26)).isEqualTo("2.3 s/step");
    assertThat(Messages.in(Locale.FRANCE).secondsPerStep(2.26)).isEqualTo("2,3 s/pas");
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0 s left",
    "0.5, 1 s left",
    "59.4, 59 s left",
    "59.5, 1:00 left",
    "125, 2:05 left",
    "3599.5, 1:00:00 left",
    "90061, 25:01:01 left"
  })
  void the_time_left_is_rounded_to_seconds(double seconds, String text) {
    Duration time = Duration.ofMillis(Math.round(1000 * seconds));

    assertThat(Messages.in(Locale.ENGLISH).left(time)).isEqualTo(text);
  }

  @Test
  void french_apostrophes_and_accents_survive() {
    assertThat(Messages.in(Locale.CANADA_FRENCH).defect())
        .isEqualTo("C'est un défaut de Songe. Merci de le signaler avec les lignes ci-dessus.");
  }

  @Test
  void a_sentence_of_the_engine_is_not_taken_for_a_pattern() {
    assertThat(Messages.in(Locale.ENGLISH).failed("it's {0} {broken"))
        .isEqualTo("songe: it's {0} {broken");
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL, fr_FR.UTF-8, fr-FR", "LC_MESSAGES, fr_CA, fr-CA", "LANG, fr, fr",
    "SONGE_LOCALE, fr, fr", "LANG, fr_BE@euro, fr-BE", "LANG, de_DE.UTF-8, de-DE",
    "LANG, C.UTF-8, en", "LC_ALL, POSIX, en"
  })
  void the_shells_locale_decides(String variable, String value, String expected) {
    Messages messages = Messages.of(Map.of(variable, value), Locale.ITALY);

    assertThat(messages.locale()).isEqualTo(Locale.forLanguageTag(expected));
  }

  @Test
  void the_more_special_variable_wins_and_an_empty_one_is_none() {
    Messages messages =
        Messages.of(
            Map.of("LC_ALL", "", "LC_MESSAGES", "fr_FR.UTF-8", "LANG", "en_US.UTF-8"),
            Locale.ITALY);

    assertThat(messages.locale()).isEqualTo(Locale.FRANCE);
  }

  @Test
  void without_a_shells_locale_the_virtual_machines_decides() {
    assertThat(Messages.of(Map.of(), Locale.FRANCE).locale()).isEqualTo(Locale.FRANCE);
  }

  @Test
  void another_language_reads_english() {
    assertThat(Messages.in(Locale.GERMANY).defect()).startsWith("This is a defect");
  }
}
