package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code songe gallery search}: the files of pictures whose phrases have some words. */
@Command(name = "search")
final class GallerySearchCommand implements Callable<Integer> {
  private static final int MOST = 500;
  private static final int USUAL = 20;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.words}", arity = "0..*", descriptionKey = "words")
  private List<String> words = List.of();

  @Option(names = "--most", paramLabel = "N")
  private int most = USUAL;

  @Option(names = "--json", descriptionKey = "gallery-json")
  private boolean json;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  GallerySearchCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (most < 1 || most > MOST) {
      throw new InvalidRequestException(
          around.say(Text.MOST_OUT_OF_RANGE, MOST, String.valueOf(most)));
    }
    Path studio = folder.folder(around);
    try (StudioLine line = StudioLine.to(studio, around)) {
      String query = URLEncoder.encode(String.join(" ", words), StandardCharsets.UTF_8);
      JsonNode found = line.get("/api/pictures?q=" + query + "&most=" + most);
      JsonNode pictures = found.path("pictures");
      if (json) {
        pictures.forEach(picture -> around.print(Printable.json(picture.toString())));
      } else {
        Map<String, Path> files = files(studio.resolve("gallery").resolve("pictures"));
        pictures.forEach(picture -> {
          String id = picture.path("id").asString();
          around.print(Printable.line(files.getOrDefault(id, Path.of(id)).toString()));
        });
      }
      int total = found.path("total").asInt();
      around.err().println(around.say(Text.FOUND, pictures.size(), total));
    }
    return ExitCode.DONE.number();
  }

  /** By id, which is what a file's name ends with; a studio tells nobody where its files lie. */
  private static Map<String, Path> files(Path pictures) {
    Map<String, Path> files = new HashMap<>();
    if (!Files.isDirectory(pictures)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(pictures, 3)) {
      all.forEach(file -> {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".png")) {
          files.put(name.substring(name.lastIndexOf('_') + 1, name.length() - 4), file);
        }
      });
    } catch (IOException unreadable) {
      return files;
    }
    return files;
  }
}
