package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description against the routes. Answers are compared with it in {@link ApiStudio}. */
class OpenApiTest {
  @TempDir static Path folder;
  private static ApiStudio studio;

  @BeforeAll
  static void open() {
    studio = new ApiStudio(folder);
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @Test
  void every_route_is_described_and_every_operation_has_its_route() {
    Set<String> routes =
        Javalin.create(config -> studio.door().addTo(config.routes))
            .unsafe
            .internalRouter
            .allHttpHandlers()
            .stream()
            .map(each -> each.endpoint.method + " " + each.endpoint.path)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(OpenApi.DOCUMENT.operations()).isEqualTo(routes);
    assertThat(routes).hasSizeGreaterThan(35);
  }

  @Test
  void every_variable_of_a_path_is_described() {
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.root().get("paths").properties()) {
      Set<String> named =
          Pattern.compile("\\{([^}]*)\\}")
              .matcher(path.getKey())
              .results()
              .map((MatchResult each) -> each.group(1))
              .collect(Collectors.toSet());

      assertThat(path.getValue().path("parameters")).as(path.getKey()).hasSize(named.size());
    }
  }

  @Test
  void all_references_lead_somewhere() {
    String text = OpenApi.DOCUMENT.root().toString();

    Set<String> references =
        Pattern.compile("\"\\$ref\":\"#([^\"]*)\"")
            .matcher(text)
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toSet());

    assertThat(references)
        .hasSizeGreaterThan(20)
        .allSatisfy(each -> assertThat(OpenApi.DOCUMENT.root().at(each).isMissingNode()).isFalse());
  }

  @Test
  void no_part_is_described_in_vain() {
    String text = OpenApi.DOCUMENT.root().toString();

    for (String kind : Set.of("schemas", "responses", "parameters", "requestBodies")) {
      assertThat(OpenApi.DOCUMENT.root().get("components").get(kind).propertyNames())
          .filteredOn(name -> !Set.of("Step", "Drawn").contains(name)) // of events
          .allSatisfy(
              name -> assertThat(text).contains("#/components/" + kind + "/" + name + "\""));
    }
  }

  @Test
  void the_description_is_served() {
    ApiStudio.Answer served = studio.get("/api/openapi.yaml");

    assertThat(served.header("Content-Type")).startsWith("application/yaml");
    assertThat(Yaml.parse(new String(served.bytes(), StandardCharsets.UTF_8)))
        .isEqualTo(OpenApi.DOCUMENT.root());
  }

  @Test
  void an_answer_that_is_not_as_described_is_noticed() {
    JsonNode wrong = JsonMapper.shared().readTree("{\"paused\": \"yes\"}");
    JsonNode more = JsonMapper.shared().readTree("{\"paused\": true, \"more\": 1}");
    JsonNode right = JsonMapper.shared().readTree("{\"paused\": true}");

    assertThat(OpenApi.DOCUMENT.wrong("POST", "/api/queue/pause", 200, wrong))
        .hasValueSatisfying(text -> assertThat(text).contains("paused is \"yes\""));
    assertThat(OpenApi.DOCUMENT.wrong("POST", "/api/queue/pause", 200, more))
        .hasValueSatisfying(text -> assertThat(text).contains("has more"));
    assertThat(OpenApi.DOCUMENT.wrong("POST", "/api/queue/pause", 200, right)).isEmpty();
  }
}
