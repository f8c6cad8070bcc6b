package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.Contracts;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GitHubQueryTest {

  @ParameterizedTest
  @EnumSource(GitHubQuery.class)
  void every_query_is_valid_by_the_official_schema(GitHubQuery query) {
    var document = new Parser().parseDocument(query.text());

    var errors = new Validator().validateDocument(officialSchema(), document, Locale.ROOT);

    assertThat(errors).isEmpty();
  }

  /** The official file defines some fields of one type twice, which no generator accepts. */
  private static GraphQLSchema officialSchema() {
    var types =
        new SchemaParser()
            .parse(
                new StringReader(Contracts.text("github/schema.graphql")),
                ParserOptions.getDefaultSdlParserOptions());
    var twice = types.getTypeOrNull("EnterpriseOwnerInfo", ObjectTypeDefinition.class);
    if (twice == null) return UnExecutableSchemaGenerator.makeUnExecutableSchema(types);
    var once =
        twice.getFieldDefinitions().stream()
            .collect(
                toMap(FieldDefinition::getName, each -> each, (a, b) -> a, LinkedHashMap::new));
    types.remove(twice);
    types.add(twice.transform(type -> type.fieldDefinitions(once.values().stream().toList())));
    return UnExecutableSchemaGenerator.makeUnExecutableSchema(types);
  }
}
