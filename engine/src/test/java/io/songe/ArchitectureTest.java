package io.songe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may use whom in the engine. {@link #MAY_USE} is the only place where this is written down for
 * the build; {@code docs/architecture.md} explains it.
 */
class ArchitectureTest {
  /** Package and the packages that it may use, beside itself and {@code error}. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          row("error"),
          row("file"),
          row("tensor"),
          row("random", "tensor"),
          row("nn", "tensor"),
          row("diffusion", "tensor", "random"),
          row("text", "file"),
          row("image", "tensor", "file"),
          row("model", "tensor", "random", "nn", "text", "image", "diffusion"),
          row("format", "tensor", "file"),
          row(
              "checkpoint",
              "format",
              "file",
              "nn",
              "model",
              "diffusion",
              "text",
              "image",
              "tensor"),
          row(
              "pipeline",
              "text",
              "model",
              "diffusion",
              "image",
              "random",
              "checkpoint",
              "tensor",
              "file"),
          row("foreign", "image", "diffusion", "file"),
          row("data", "tensor", "image", "text", "random", "format", "file"),
          row(
              "train",
              "data",
              "model",
              "diffusion",
              "nn",
              "tensor",
              "random",
              "text",
              "image",
              "checkpoint",
              "format",
              "file"),
          row(
              "evaluate",
              "pipeline",
              "data",
              "train",
              "model",
              "diffusion",
              "nn",
              "tensor",
              "random",
              "text",
              "image",
              "checkpoint",
              "format",
              "file"));

  /** The rows whose packages are written; a row beyond them is a plan. */
  private static final Set<String> WRITTEN =
      Set.of(
          "error",
          "file",
          "tensor",
          "random",
          "nn",
          "diffusion",
          "text",
          "image",
          "model",
          "format",
          "checkpoint",
          "pipeline",
          "foreign",
          "data",
          "train",
          "evaluate");

  /** Far fewer classes than this, and the rules looked in the wrong place. */
  private static final int FEWEST_CLASSES = 250;

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.songe");

  private final ArchitectureRules rules = new ArchitectureRules("io.songe");

  private static Map.Entry<String, Set<String>> row(String name, String... mayUse) {
    return Map.entry(name, Set.of(mayUse));
  }

  @TestFactory
  Stream<DynamicTest> each_package_uses_only_what_its_row_allows() {
    return new TreeMap<>(MAY_USE)
        .entrySet().stream()
            .map(row ->
                dynamicTest(
                    row.getKey(),
                    () -> rules.usesOnly(row.getKey(), row.getValue()).check(ENGINE)));
  }

  @Test
  void only_the_tensor_package_knows_libtorch() {
    rules.onlyTensorKnowsLibtorch().check(ENGINE);
  }

  @Test
  void packages_form_no_cycle() {
    rules.noCycles().check(ENGINE);
  }

  @Test
  void network_architectures_do_not_know_each_other() {
    rules.architecturesDoNotKnowEachOther().check(ENGINE);
  }

  @Test
  void nothing_in_the_engine_prints() {
    rules.nothingPrints().check(ENGINE);
  }

  @Test
  void nothing_in_the_engine_ends_the_process() {
    rules.nothingExits().check(ENGINE);
  }

  @Test
  void nothing_in_the_engine_opens_a_connection() {
    rules.nothingConnects().check(ENGINE);
  }

  @Test
  void nothing_in_the_engine_reads_serialised_objects() {
    rules.nothingDeserialises().check(ENGINE);
  }

  @Test
  void every_package_is_null_marked() {
    rules.everyPackageIsNullMarked().check(ENGINE);
  }

  @Test
  void no_class_is_named_after_a_heap_of_functions() {
    rules.namesSayAnIdea().check(ENGINE);
  }

  @Test
  void every_name_in_the_table_is_a_row_of_it() {
    assertThat(MAY_USE.values()).allSatisfy(used -> assertThat(MAY_USE.keySet()).containsAll(used));
    assertThat(MAY_USE.keySet()).containsAll(WRITTEN);
  }

  @Test
  void every_class_lives_in_a_package_of_the_table() {
    assertThat(ENGINE).allSatisfy(type -> assertThat(MAY_USE).containsKey(rowOf(type)));
  }

  @Test
  void the_rules_saw_the_engine() {
    assertThat(ENGINE.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
    assertThat(WRITTEN)
        .allSatisfy(name ->
            assertThat(ENGINE)
                .as("classes of io.songe.%s", name)
                .anyMatch(type -> rowOf(type).equals(name)));
  }

  /**
   * {@return the first name after {@code io.songe}; empty for a class in {@code io.songe} itself}
   */
  private static String rowOf(JavaClass type) {
    return type.getPackageName().replaceFirst("^io\\.songe\\.?", "").replaceFirst("\\..*", "");
  }
}
