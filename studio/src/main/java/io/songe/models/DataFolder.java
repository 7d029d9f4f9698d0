package io.songe.models;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a user's things lie, as each system has its custom.
 *
 * @param environment the environment variables
 * @param home the user's folder
 * @param system the name of the operating system, as the property {@code os.name} says it
 */
public record DataFolder(Map<String, String> environment, Path home, String system) {
  /**
   * A folder of ours.
   *
   * @param name of the folder
   * @param variable of the environment, which comes first
   * @return the folder, perhaps not there
   */
  public Path named(String name, String variable) {
    return variable(variable).orElseGet(() -> data().resolve("songe").resolve(name));
  }

  private Path data() {
    return switch (system.toLowerCase(Locale.ROOT)) {
      case String name when name.startsWith("mac") -> home.resolve("Library/Application Support");
      case String name when name.startsWith("windows") ->
          variable("LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
      default -> variable("XDG_DATA_HOME").orElse(home.resolve(".local/share"));
    };
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
