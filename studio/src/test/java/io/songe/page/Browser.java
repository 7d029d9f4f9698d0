package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, and what a visitor does with it. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** What the page may wait for; a policy that is broken or a message that is missing is none. */
  private static final List<String> HARMLESS =
      List.of("net::ERR_CONNECTION", "net::ERR_INCOMPLETE_CHUNKED", "status of 4", "status of 503");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser start(Path chromium, Path driver) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=en");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    ChromeDriver chrome = new ChromeDriver(service, options);
    chrome.manage().timeouts().scriptTimeout(PATIENCE);
    return new Browser(chrome);
  }

  /** Sets how large the window is, in CSS pixels. */
  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Lets the browser prefer a language and a theme, as its user set them. */
  public void prefer(Locale language, boolean dark) {
    String agent = String.valueOf(run("return navigator.userAgent"));
    driver.executeCdpCommand(
        "Network.setUserAgentOverride",
        Map.of("userAgent", agent, "acceptLanguage", language.toLanguageTag()));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens an address and waits for a screen of the page to be there. */
  public void open(String address) {
    driver.get("about:blank");
    driver.manage().logs().get(LogType.BROWSER);
    driver.get(address);
    find(".stage > .screen");
  }

  /** Opens the page with some things kept in the browser, such as {@code songe.settings}. */
  public void open(String address, Map<String, String> kept) {
    driver.get(address.replaceAll("#.*", "") + "favicon.svg");
    kept.forEach(
        (name, json) -> run("localStorage.setItem(arguments[0], arguments[1])", name, json));
    open(address);
  }

  /** {@return the first element that this selects, once it is shown} */
  public WebElement find(String css) {
    await("shown: " + css, () -> shown(css).isPresent());
    return shown(css).orElseThrow();
  }

  private Optional<WebElement> shown(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).findFirst();
  }

  /** {@return all elements that this selects now} */
  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** {@return the texts of all elements that this selects now} */
  public List<String> texts(String css) {
    return all(css).stream().map(WebElement::getText).toList();
  }

  /** Clicks what this selects. */
  public void click(String css) {
    find(css);
    run("arguments[0].scrollIntoView({ block: 'center' })", find(css));
    find(css).click();
  }

  /** Writes into what this selects, in place of what was there. */
  public void write(String css, String text) {
    WebElement field = find(css);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE, text);
  }

  /** Presses keys where the focus is. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** {@return what a script returns} */
  public Object run(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  /** {@return what a script hands to its last argument, which is a function} */
  public Object runLater(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
  }

  /** Waits until something is so. */
  public void await(String what, BooleanSupplier so) {
    waiting(what).until(_ -> so.getAsBoolean());
  }

  private WebDriverWait waiting(String what) {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(60));
    wait.ignoring(StaleElementReferenceException.class).withMessage(what);
    return wait;
  }

  /** Keeps a picture of the window in target/screenshots. */
  public void photograph(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** {@return what axe finds serious or critical on the screen as it is} */
  public List<String> barriers() {
    run(axe());
    Object found =
        runLater(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(violations
              .filter(({ impact }) => impact === "serious" || impact === "critical")
              .map(({ id, impact, nodes }) => `${impact} ${id}: ` + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | "))));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Fails if the page complained since it was opened: a broken policy, a missing message. */
  public void expectNoComplaints() {
    List<String> complaints =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::getMessage)
            .filter(message -> HARMLESS.stream().noneMatch(message::contains))
            .toList();
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
