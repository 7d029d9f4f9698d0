package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void choose() {
    file = folder.resolve("metrics.csv");
  }

  @Test
  void rows_are_added_under_a_header() throws IOException {
    try (MetricsFile metrics = MetricsFile.open(file, 0)) {
      metrics.add(10, 640, 1.2345, .001, means("model.loss", .5));
      metrics.add(20, 1280, 2.4, .001, means("model.loss", .25));
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            "step,samples,seconds,rate,model.loss\n10,640,1.2,0.001,0.5\n20,1280,2.4,0.001,0.25\n");
  }

  @Test
  void rows_beyond_the_saved_step_and_a_row_never_finished_are_taken_away() throws IOException {
    Files.writeString(
        file, "step,samples,seconds,rate,model.loss\n1,2,3,4,5\n2,2,3,4,5\n3,2,3,4,5\n4,2");

    try (MetricsFile metrics = MetricsFile.open(file, 2)) {
      metrics.add(3, 2, 3, 4, means("model.loss", 6));
    }

    assertThat(Files.readString(file))
        .isEqualTo("step,samples,seconds,rate,model.loss\n1,2,3,4,5\n2,2,3,4,5\n3,2,3.0,4.0,6.0\n");
  }

  @Test
  void of_a_run_that_saved_nothing_nothing_stays() throws IOException {
    Files.writeString(file, "step,samples,seconds,rate,model.loss\n1,2,3,4,5\n");

    MetricsFile.open(file, 0).close();

    assertThat(file).isEmptyFile();
    assertThat(MetricsFile.read(file).rows()).isEmpty();
  }

  @Test
  void a_damaged_row_is_named() throws IOException {
    Files.writeString(file, "step,samples,seconds,rate,model.loss\nx,2,3,4,5\n");
    assertThatThrownBy(() -> MetricsFile.open(file, 2))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("has a damaged row: 'x,2,3,4,5'; take the row out");

    Files.writeString(file, "step,samples,seconds,rate,model.loss\n1,2,3,4\n");
    assertThatThrownBy(() -> MetricsFile.read(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("has a damaged row: '1,2,3,4'");
  }

  @Test
  void other_figures_than_before_are_refused() throws IOException {
    Files.writeString(file, "step,samples,seconds,rate,model.loss\n1,2,3,4,5\n");

    try (MetricsFile metrics = MetricsFile.open(file, 1)) {
      assertThatThrownBy(() -> metrics.add(2, 2, 3, 4, means("model.distance", 6)))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("has the columns step,samples,seconds,rate,model.loss")
          .hasMessageContaining("this run measures step,samples,seconds,rate,model.distance");
    }
  }

  @Test
  void a_window_comes_back_from_its_text_to_the_bit() {
    MetricsWindow window = new MetricsWindow();
    window.add(means("model.loss", 1 / 3.0));
    window.add(means("model.loss", 1e-300));

    MetricsWindow again = MetricsWindow.parse(window.toText());

    assertThat(again.means()).isEqualTo(window.means());
  }

  @Test
  void figures_that_change_or_cannot_be_columns_are_mistakes() {
    MetricsWindow window = new MetricsWindow();
    window.add(means("model.loss", 1));

    assertThatThrownBy(() -> window.add(means("model.other", 1)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("[model.other]")
        .hasMessageContaining("[model.loss]");
    assertThatThrownBy(() -> new MetricsWindow().add(means("model.a,b", 1)))
        .isInstanceOf(EngineException.class)
        .hasMessage("'model.a,b' cannot be the name of a column");
  }

  private static SequencedMap<String, Double> means(String column, double mean) {
    return new LinkedHashMap<>(Map.of(column, mean));
  }
}
