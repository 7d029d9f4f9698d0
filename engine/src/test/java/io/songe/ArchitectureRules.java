package io.songe;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house, for packages below a root. The same rules are applied to the engine and
 * to a small house of wrong classes, so that each is known to be able to fail.
 *
 * @param root the package above all others, such as {@code "io.songe"}
 */
record ArchitectureRules(String root) {
  /** Exceptions are the house's common words: every package may throw them. */
  private static final String COMMON = "error";

  /**
   * One row of the table. A package's subpackages belong to it.
   *
   * @param name the package, below the root
   * @param others the packages that it may use beside itself and {@code error}
   */
  ArchRule usesOnly(String name, Set<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(name, COMMON), others.stream())
            .map(this::below)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(below(name))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))))
        .as("package " + name + " uses only " + new TreeSet<>(others) + " and " + COMMON)
        .allowEmptyShould(true);
  }

  /** A wrong argument type in the bindings compiles and reads garbage: one package calls them. */
  ArchRule onlyTensorKnowsLibtorch() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(below("tensor"))
        .should()
        .dependOnClassesThat(resideInAPackage("org.bytedeco.."))
        .as("only package tensor uses org.bytedeco");
  }

  /** Each package counts for itself here, subpackages too. */
  ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  /** Architectures share layers (package nn) and contracts (package model), not each other. */
  ArchRule architecturesDoNotKnowEachOther() {
    return slices()
        .matching(root + ".model.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true);
  }

  ArchRule nothingPrints() {
    return GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
  }

  ArchRule nothingExits() {
    return noClasses()
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class);
  }

  /** What the engine reads, its caller has put on the disk. */
  ArchRule nothingConnects() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..", "javax.net..", "java.rmi..")
                .and(not(belongToAnyOf(URI.class, URISyntaxException.class))))
        .orShould()
        .dependOnClassesThat(
            resideInAPackage("java.nio.channels").and(nameMatching(".*(Socket|Datagram).*")));
  }

  /** A serialised Java object is as dangerous as a pickle. */
  ArchRule nothingDeserialises() {
    return noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);
  }

  ArchRule everyPackageIsNullMarked() {
    return classes().should(new ResideInANullMarkedPackage());
  }

  /** Such names say that a class has no idea of its own. */
  ArchRule namesSayAnIdea() {
    return noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Factory)");
  }

  private String below(String name) {
    return root + "." + name + "..";
  }

  private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {
    ResideInANullMarkedPackage() {
      super("reside in a package whose package-info.java says @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
      events.add(
          new SimpleConditionEvent(
              type,
              marked,
              type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
    }
  }
}
