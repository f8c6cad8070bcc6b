package dev.pulse.local;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vendor's OpenAPI description, read from the folder that the environment variable
 * PULSE_CONTRACTS names; what it says of an answer's JSON.
 */
public final class OfficialContract {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode document;
  private final Predicate<Error> known;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new HashMap<>();

  private OfficialContract(JsonNode document, Predicate<Error> known) {
    this.document = document;
    this.known = known;
    this.registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(),
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /**
   * Reads a description.
   *
   * @param file below the folder
   * @param known deviations from it that the vendor's own answers show
   */
  public static OfficialContract read(String file, Predicate<Error> known) {
    return new OfficialContract(JSON.readTree(file(file)), known);
  }

  /** A file of the folder. */
  public static File file(String name) {
    return Path.of(System.getenv("PULSE_CONTRACTS"), name).toFile();
  }

  /**
   * What is wrong with an answer.
   *
   * @param operation method and path as the description has it, such as {@code GET /users/{id}}
   * @param otherwise schema for a status whose body the description leaves open
   */
  public List<String> complaints(String operation, HttpResponse<String> answer, String otherwise) {
    return complaints(schema(operation, answer.statusCode(), otherwise), answer.body());
  }

  /** What is wrong with a value of this component. */
  public List<String> complaints(String component, String json) {
    return complaints(component(component), json);
  }

  private List<String> complaints(JsonNode schema, String json) {
    return schemas
        .computeIfAbsent(schema.toString(), this::compiled)
        .validate(json, InputFormat.JSON)
        .stream()
        .filter(known.negate())
        .map(Error::toString)
        .distinct()
        .toList();
  }

  /** A schema that finds the components it refers to. */
  private Schema compiled(String schema) {
    var root = JSON.createObjectNode();
    root.set("components", document.get("components"));
    root.set("allOf", JSON.createArrayNode().add(JSON.readTree(schema)));
    return registry.getSchema(root.toString(), InputFormat.JSON);
  }

  private JsonNode schema(String operation, int status, String otherwise) {
    var parts = operation.split(" ", 2);
    var responses =
        document
            .path("paths")
            .path(parts[1])
            .path(parts[0].toLowerCase(Locale.ROOT))
            .path("responses");
    if (responses.isEmpty()) throw new IllegalArgumentException("not described: " + operation);
    var response = responses.path(Integer.toString(status));
    if (response.has("$ref")) response = document.at(response.get("$ref").asString().substring(1));
    var schema = response.path("content").path("application/json").path("schema");
    return schema.isMissingNode() ? component(otherwise) : schema;
  }

  private JsonNode component(String name) {
    if (!document.path("components").path("schemas").has(name))
      throw new IllegalArgumentException("not described: " + name);
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }
}
