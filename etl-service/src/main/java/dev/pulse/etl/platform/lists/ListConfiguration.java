package dev.pulse.etl.platform.lists;

import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Teaches Spring to read {@link Paged} parameters, and the description of the API to tell them. */
@Configuration
class ListConfiguration implements WebMvcConfigurer {

  static {
    SpringDocUtils.getConfig().addAnnotationsToIgnore(Paged.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new PagedParameters());
  }

  @Bean
  OperationCustomizer listsTellTheirParameters() {
    return (operation, method) -> {
      for (var parameter : method.getMethodParameters()) {
        var paged = parameter.getParameterAnnotation(Paged.class);
        if (paged == null) continue;
        operation.addParametersItem(query("sort", sort(paged)));
        operation.addParametersItem(query("cursor", new StringSchema()));
        operation.addParametersItem(query("limit", limit(paged)));
      }
      return operation;
    };
  }

  private static QueryParameter query(String name, Schema<?> schema) {
    var parameter = new QueryParameter();
    parameter.name(name).required(false).schema(schema);
    return parameter;
  }

  private static Schema<?> sort(Paged paged) {
    var schema = new StringSchema();
    schema.setEnum(PagedParameters.values(paged));
    schema.setDefault(paged.sort());
    return schema;
  }

  private static Schema<?> limit(Paged paged) {
    var schema = new IntegerSchema().format("int32");
    schema.setMinimum(BigDecimal.ONE);
    schema.setMaximum(BigDecimal.valueOf(PagedParameters.MOST));
    schema.setDefault(paged.limit());
    return schema;
  }
}
