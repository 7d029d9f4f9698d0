package io.songe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules can fail: each reports the class in {@code io.songe.architecture.wrong} that breaks it,
 * and no other.
 */
class ArchitectureRulesTest {
  private static final JavaClasses WRONG =
      new ClassFileImporter().importPackages("io.songe.architecture.wrong");

  private final ArchitectureRules rules = new ArchitectureRules("io.songe.architecture.wrong");

  @Test
  void a_package_outside_the_row_is_reported() {
    List<String> found = violations(rules.usesOnly("text", Set.of()));

    assertThat(found)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("text.KnowsTensors", "tensor.Numbers"));
  }

  @Test
  void a_package_inside_the_row_is_not_reported() {
    assertThat(violations(rules.usesOnly("text", Set.of("tensor")))).isEmpty();
  }

  @Test
  void exceptions_may_be_used_by_every_package() {
    assertThat(violations(rules.usesOnly("format", Set.of()))).isEmpty();
  }

  @Test
  void libtorch_outside_the_tensor_package_is_reported() {
    assertThat(violations(rules.onlyTensorKnowsLibtorch()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("nn.KnowsLibtorch", "org.bytedeco"));
  }

  @Test
  void a_cycle_between_a_package_and_its_part_is_reported() {
    assertThat(violations(rules.noCycles()))
        .singleElement()
        .asString()
        .contains("image.Whole", "image.part.Part");
  }

  @Test
  void an_architecture_that_knows_another_is_reported() {
    assertThat(violations(rules.architecturesDoNotKnowEachOther()))
        .singleElement()
        .asString()
        .contains("model.unet.KnowsVae", "model.vae.Vae");
  }

  @Test
  void printing_is_reported() {
    assertThat(violations(rules.nothingPrints()))
        .singleElement()
        .asString()
        .contains("pipeline.Prints");
  }

  @Test
  void ending_the_process_is_reported() {
    assertThat(violations(rules.nothingExits()))
        .singleElement()
        .asString()
        .contains("pipeline.Exits");
  }

  @Test
  void a_connection_is_reported() {
    assertThat(violations(rules.nothingConnects()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("format.Downloads"))
        .anySatisfy(line -> assertThat(line).contains("<java.net.http.HttpClient>"))
        .anySatisfy(line -> assertThat(line).contains("<java.nio.channels.SocketChannel>"))
        .noneSatisfy(line -> assertThat(line).contains("<java.net.URI>"));
  }

  @Test
  void reading_serialised_objects_is_reported() {
    assertThat(violations(rules.nothingDeserialises()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("format.Deserialises"));
  }

  @Test
  void a_package_without_null_marked_is_reported() {
    assertThat(violations(rules.everyPackageIsNullMarked()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("wrong.format."));
  }

  @Test
  void a_name_without_an_idea_is_reported() {
    assertThat(violations(rules.namesSayAnIdea()))
        .singleElement()
        .asString()
        .contains("format.FileUtils");
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(WRONG).getFailureReport().getDetails();
  }
}
