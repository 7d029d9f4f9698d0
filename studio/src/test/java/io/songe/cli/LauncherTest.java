package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.Checkout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code songe} at the root of the repository, among stand-ins for Maven and JDKs. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Instant LATER_ON = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir private Path temporary;

  private Checkout checkout;

  @BeforeEach
  void check_out_where_a_path_has_blanks() throws IOException {
    checkout = new Checkout(Files.createDirectory(temporary.resolve("my songe, copied")));
  }

  @Test
  void passes_arguments_on_as_they_are() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");

    Outcome outcome = checkout.run("imagine", "un chat roux  qui dort, dans l'ombre", "", "*");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains(
            "<-jar>\n<"
                + checkout.path("studio/target/songe.jar")
                + ">\n<imagine>\n"
                + "<un chat roux  qui dort, dans l'ombre>\n<>\n<*>\n");
  }

  @Test
  void passes_the_exit_code_on() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.set("WANTED_CODE", "42");

    assertThat(checkout.run().code()).isEqualTo(42);
  }

  @Test
  void works_through_links_from_elsewhere() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.link("elsewhere/dream", Path.of("../link"));
    checkout.link("link", checkout.path("songe"));

    Outcome outcome = Checkout.finish(checkout.start("elsewhere/dream"));

    assertThat(outcome.out()).contains(checkout.path("studio/target/songe.jar").toString());
  }

  @ParameterizedTest
  @CsvSource({"25", "25.0.1", "26-ea", "100.0.2"})
  void takes_a_jdk_that_is_new_enough(String version) throws Exception {
    checkout.jdk("some jdks/a jdk", version);

    assertThat(checkout.run().out()).startsWith("from some jdks/a jdk\n");
  }

  @Test
  void takes_java_home_before_what_it_finds() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.set("JAVA_HOME", checkout.jdk("my own", "27").toString());

    assertThat(checkout.run().out()).startsWith("from my own\n");
  }

  @Test
  void passes_over_a_java_home_that_is_too_old() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.set("JAVA_HOME", checkout.jdk("my own", "17.0.2").toString());

    assertThat(checkout.run().out()).startsWith("from some jdks/25\n");
  }

  @Test
  void finds_the_jdk_behind_a_link_on_the_path() throws Exception {
    checkout.jdk("far away/25", "25.0.1");
    checkout.link("alternatives/javac", checkout.path("far away/25/bin/javac"));
    checkout.link("bin/javac", checkout.path("alternatives/javac"));

    assertThat(checkout.run().out()).startsWith("from far away/25\n");
  }

  @ParameterizedTest
  @CsvSource({"home/.sdkman/candidates/java/25.0.1-tem", "home/.jdks/temurin-25"})
  void finds_the_jdks_of_a_users_tools(String home) throws Exception {
    checkout.jdk(home, "25.0.1");

    assertThat(checkout.run().out()).startsWith("from " + home + "\n");
  }

  @Test
  void says_what_to_install_where_there_is_no_jdk() throws Exception {
    checkout.jdk("some jdks/old", "1.8.0_292");
    checkout.jdk("some jdks/older than needed", "24.0.2");

    Outcome outcome = checkout.run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "songe: no JDK 25 or later was found; install one, such as Eclipse Temurin 25"
                + " (https://adoptium.net), or set JAVA_HOME to one\n");
    assertThat(checkout.mavenCalls()).isEmpty();
  }

  @Test
  void says_so_in_french_where_french_is_spoken() throws Exception {
    checkout.set("LC_ALL", "fr_FR.UTF-8");

    assertThat(checkout.run().err())
        .startsWith("songe : aucun JDK 25 ou plus récent n'a été trouvé ; installez-en un");
  }

  @Test
  void takes_no_other_jdk_than_the_one_that_was_named() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.set("SONGE_JAVA_HOME", "/nowhere at all");

    Outcome outcome = checkout.run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("songe: SONGE_JAVA_HOME is /nowhere at all, which is not a JDK 25 or later");
  }

  @Test
  void builds_once_with_the_jdk_it_found_and_says_so() throws Exception {
    Path jdk = checkout.jdk("some jdks/25", "25.0.1");

    Outcome first = checkout.run();
    Outcome second = checkout.run();

    assertThat(first.err()).startsWith("songe: building once;").hasLineCount(1);
    assertThat(second.err()).isEmpty();
    assertThat(checkout.mavenCalls()).containsExactly(jdk.toString());
  }

  @Test
  void builds_again_when_a_source_was_changed() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.run();
    checkout.age("engine/src/main/java/Some.java", LATER_ON);

    Outcome outcome = checkout.run();

    assertThat(outcome.err()).isEqualTo("songe: the sources were changed, building\n");
    assertThat(checkout.mavenCalls()).hasSize(2);
  }

  @Test
  void leaves_a_jar_alone_that_maven_made_and_nothing_outdates() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.write("studio/target/songe.jar", "jar");
    checkout.age("studio/target/songe.jar", LATER_ON);

    Outcome outcome = checkout.run();

    assertThat(outcome.code()).isZero();
    assertThat(checkout.mavenCalls()).isEmpty();
  }

  @Test
  void shows_what_a_failed_build_said_and_leaves_no_jar() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.mavenThat("echo jar >studio/target/songe.jar; echo no network; exit 1");

    Outcome outcome = checkout.run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("no network\nsonge: the build failed; all it said is in ");
    assertThat(checkout.path("studio/target")).isDirectoryNotContaining("glob:**songe.jar");
    assertThat(checkout.path("studio/target/building")).doesNotExist();
  }

  @Test
  void two_at_once_build_once() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.mavenThat("sleep 1; echo jar >studio/target/songe.jar");

    Process first = checkout.start("songe");
    Process second = checkout.start("songe");

    assertThat(Checkout.finish(first).code()).isZero();
    assertThat(Checkout.finish(second).code()).isZero();
    assertThat(checkout.mavenCalls()).hasSize(1);
  }

  @Test
  void builds_in_place_of_a_process_that_was_killed_while_building() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    Process gone = checkout.start("bin/sh", "-c", "exit");
    gone.waitFor();
    checkout.write("studio/target/building/owner", gone.pid() + "\n");
    checkout.write("studio/target/songe.jar", "cut sho");

    Outcome outcome = checkout.run();

    assertThat(outcome.code()).isZero();
    assertThat(checkout.path("studio/target/songe.jar")).hasContent("jar");
    assertThat(checkout.path("studio/target/building")).doesNotExist();
  }

  @Test
  void lets_java_use_native_code_and_leaves_the_environment_to_the_engine() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.set("OPENBLAS_NUM_THREADS", "3");

    assertThat(checkout.run().out())
        .contains("OPENBLAS_NUM_THREADS=3\n", "OMP_WAIT_POLICY=\n")
        .contains("<--enable-native-access=ALL-UNNAMED>\n");
  }

  @Test
  void starts_from_what_java_kept_of_a_first_picture() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    assertThat(checkout.run().out()).doesNotContain("AOTCache");

    checkout.write("studio/target/songe.aot", "what java kept");

    assertThat(checkout.run().out()).contains("songe.aot>\n<-Xlog:disable>");
  }

  @Test
  void forgets_what_java_kept_of_an_older_build() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.write("studio/target/songe.aot", "kept of an older build");

    assertThat(checkout.run().out()).doesNotContain("AOTCache");
  }

  @Test
  void leaves_the_choice_of_the_collector_to_the_user() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    assertThat(checkout.run().out()).contains("<-XX:+UseSerialGC>");

    checkout.set("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseZGC");

    assertThat(checkout.run().out()).doesNotContain("<-XX:+UseSerialGC>");
  }

  @Test
  void lets_accents_through_where_the_locale_is_not_installed() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.write("bin/locale", "#!/bin/sh\necho ANSI_X3.4-1968\n");
    checkout.set("LC_ALL", "fr_FR.UTF-8");

    assertThat(checkout.run().out()).contains("LC_ALL=C.UTF-8 SONGE_LOCALE=fr_FR.UTF-8\n");
  }

  @Test
  void leaves_a_locale_alone_that_is_installed() throws Exception {
    checkout.jdk("some jdks/25", "25.0.1");
    checkout.write("bin/locale", "#!/bin/sh\necho UTF-8\n");
    checkout.set("LC_ALL", "fr_FR.UTF-8");

    assertThat(checkout.run().out()).contains("LC_ALL=fr_FR.UTF-8 SONGE_LOCALE=\n");
  }
}
