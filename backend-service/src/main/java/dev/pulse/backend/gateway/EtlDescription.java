package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Routes;
import dev.pulse.model.EtlRoutes;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds to the description of this service what etl-service says of itself, under the paths by which
 * clients know it. The file is that of the build, so the description is there without etl-service.
 */
@Component
class EtlDescription implements OpenApiCustomizer {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String PREFIX = "Etl";

  @Override
  public void customise(OpenAPI api) {
    try {
      var text =
          new ClassPathResource("openapi.json", EtlDescription.class)
              .getContentAsString(StandardCharsets.UTF_8);
      var taken = taken(api, JsonMapper.shared().readTree(text));
      for (var name : taken) {
        text = text.replace("\"" + SCHEMAS + name + "\"", "\"" + SCHEMAS + PREFIX + name + "\"");
      }
      add(Json31.mapper().readValue(text, OpenAPI.class), taken, api);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(OpenAPI etl, Set<String> taken, OpenAPI api) {
    addTags(etl, api);
    etl.getComponents()
        .getSchemas()
        .forEach(
            (name, schema) ->
                api.getComponents()
                    .addSchemas(taken.contains(name) ? PREFIX + name : name, schema));
    etl.getPaths()
        .forEach(
            (path, item) -> {
              if (!path.startsWith(EtlRoutes.PREFIX + "/")) return;
              item.readOperations()
                  .forEach(each -> each.setOperationId("etl_" + each.getOperationId()));
              api.getPaths()
                  .addPathItem(Routes.ETL + path.substring(EtlRoutes.PREFIX.length()), item);
            });
  }

  /** What both services have, such as health, comes last. */
  private static void addTags(OpenAPI etl, OpenAPI api) {
    var tags = new ArrayList<>(api.getTags());
    var theirs = etl.getTags().stream().map(Tag::getName).toList();
    var both = tags.stream().filter(tag -> theirs.contains(tag.getName())).toList();
    tags.removeAll(both);
    var names = both.stream().map(Tag::getName).toList();
    etl.getTags().stream().filter(tag -> !names.contains(tag.getName())).forEach(tags::add);
    tags.addAll(both);
    api.setTags(tags);
  }

  /** Names that both services use, each for something else. */
  private static Set<String> taken(OpenAPI api, JsonNode etl) throws IOException {
    var own = Json31.mapper().writeValueAsString(api.getComponents().getSchemas());
    var ours = JsonMapper.shared().readTree(own);
    var theirs = etl.path("components").path("schemas");
    return theirs.propertyNames().stream()
        .filter(name -> ours.has(name) && !ours.get(name).equals(theirs.get(name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
