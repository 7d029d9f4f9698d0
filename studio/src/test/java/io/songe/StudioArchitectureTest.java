package io.songe;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may use whom among the program's packages, all of which may use the engine. The engine's own
 * table is in its {@code ArchitectureTest}; {@code docs/architecture.md} explains both.
 */
class StudioArchitectureTest {
  /** Package and the program's packages that it may use, beside itself. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "models", Set.of(),
          "pictures", Set.of(),
          "film", Set.of(),
          "explain", Set.of(),
          "jobs", Set.of(),
          "gallery", Set.of("pictures"),
          "drawing", Set.of("jobs", "models"),
          "studio", Set.of("drawing", "jobs", "gallery", "models"),
          "server", Set.of("studio", "drawing", "jobs", "gallery", "models", "pictures", "film"),
          "cli",
              Set.of(
                  "server",
                  "studio",
                  "drawing",
                  "jobs",
                  "gallery",
                  "models",
                  "pictures",
                  "film",
                  "explain"));

  /** Far fewer classes than this, and the rules looked in the wrong place. */
  private static final int FEWEST_CLASSES = 200;

  private static final JavaClasses STUDIO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPath(Path.of("target", "classes"));

  @TestFactory
  Stream<DynamicTest> each_package_uses_only_what_its_row_allows() {
    return new TreeMap<>(MAY_USE)
        .entrySet().stream()
            .map(row -> dynamicTest(row.getKey(), () -> usesOnly(row.getKey(), row.getValue())));
  }

  private static void usesOnly(String name, Set<String> others) {
    String[] programs = MAY_USE.keySet().stream().map(each -> below(each)).toArray(String[]::new);
    String[] allowed =
        Stream.concat(Stream.of(name), others.stream())
            .map(each -> below(each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(below(name))
        .should()
        .dependOnClassesThat(resideInAnyPackage(programs).and(not(resideInAnyPackage(allowed))))
        .check(STUDIO);
  }

  private static String below(String name) {
    return "io.songe." + name + "..";
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.songe.(**)").should().beFreeOfCycles().check(STUDIO);
  }

  @Test
  void doors_do_not_know_each_other() {
    slices().matching("io.songe.server.(*)..").should().notDependOnEachOther().check(STUDIO);
  }

  @Test
  void only_the_server_speaks_http() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.songe.server..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.."))
        .check(STUDIO);
  }

  @Test
  void only_the_command_line_prints_and_ends_the_process() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.songe.cli..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(STUDIO);
  }

  @Test
  void nothing_reads_serialised_objects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(STUDIO);
  }

  @Test
  void every_package_is_null_marked() {
    assertThat(STUDIO.stream().map(JavaClass::getPackage).distinct())
        .filteredOn(each -> !each.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getName)
        .isEmpty();
  }

  @Test
  void no_class_is_named_after_a_heap_of_functions() {
    noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Factory)").check(STUDIO);
  }

  @Test
  void the_rules_saw_every_package_of_the_table_and_no_other() {
    assertThat(STUDIO.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
    classes()
        .should()
        .resideInAnyPackage(
            MAY_USE.keySet().stream().map(each -> below(each)).toArray(String[]::new))
        .check(STUDIO);
    assertThat(MAY_USE.keySet())
        .allSatisfy(
            name -> assertThat(STUDIO).anyMatch(type -> resideInAPackage(below(name)).test(type)));
  }
}
