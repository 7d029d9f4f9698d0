package io.songe.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test methods one Chromium, started once for all test classes and quit at the end. */
public final class WithBrowser implements BeforeAllCallback, ParameterResolver {
  private static final List<String> CHROMIUM =
      List.of("chromium", "chromium-browser", "google-chrome");

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<Path> chromium = CHROMIUM.stream().flatMap(WithBrowser::onPath).findFirst();
    Optional<Path> driver = onPath("chromedriver").findFirst();
    String missing = "these tests need chromium and chromedriver on the path";
    if (chromium.isEmpty() || driver.isEmpty()) {
      if (Boolean.parseBoolean(System.getenv("SONGE_REQUIRE_BROWSER"))) {
        throw new AssertionError(missing + ", and SONGE_REQUIRE_BROWSER wants them to run");
      }
      Assumptions.abort(missing);
    }
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(WithBrowser.class))
        .computeIfAbsent(
            Browser.class,
            _ -> Browser.start(chromium.orElseThrow(), driver.orElseThrow()),
            Browser.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(WithBrowser.class))
            .get(Browser.class, Browser.class));
  }

  private static Stream<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }
}
