package dev.pulse.etl.platform;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What /v3/api-docs says besides the controllers: that every operation may answer a problem. */
@Configuration
class ApiDescription {

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Pulse etl-service")
                .version("v1")
                .description("Connections, jobs, runs and what they could not read."))
        .tags(ApiTags.ORDERED)
        .servers(List.of(new Server().url("/")));
  }

  @Bean
  OpenApiCustomizer everyOperationMayAnswerAProblem() {
    return api -> {
      api.getComponents().addSchemas("Problem", problem());
      var answer =
          new ApiResponse()
              .description("What went wrong (RFC 9457)")
              .content(
                  new Content()
                      .addMediaType(
                          "application/problem+json",
                          new MediaType()
                              .schema(new Schema<>().$ref("#/components/schemas/Problem"))));
      api.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(operation -> operation.getResponses().addApiResponse("default", answer));
    };
  }

  private static Schema<?> problem() {
    var error =
        new ObjectSchema()
            .addProperty("field", new StringSchema().description("path in the body, or parameter"))
            .addProperty("message", new StringSchema());
    var problem = new ObjectSchema();
    problem.setRequired(
        List.of("type", "title", "status", "detail", "code", "remedy", "requestId"));
    return problem
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("code", new StringSchema().description("stable, for programs"))
        .addProperty("remedy", new StringSchema().description("what to do about it"))
        .addProperty("requestId", new StringSchema())
        .addProperty("errors", new ArraySchema().items(error));
  }
}
