package dev.pulse.local.github;

import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.Node;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.parser.ParserOptions;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares schemas by their definitions; the official one is parsed only, for it would not build as
 * it is.
 */
final class OfficialSchema {
  private OfficialSchema() {}

  static TypeDefinitionRegistry read(Path file) throws IOException {
    return new SchemaParser()
        .parse(
            new StringReader(Files.readString(file)), ParserOptions.getDefaultSdlParserOptions());
  }

  /** Everything that the smaller schema says and the official one does not. */
  static List<String> notIn(TypeDefinitionRegistry official, TypeDefinitionRegistry part) {
    List<String> strange = new ArrayList<>();
    part.types()
        .forEach(
            (name, type) -> {
              TypeDefinition<?> known = official.types().get(name);
              if (known == null || known.getClass() != type.getClass()) {
                strange.add(name);
                return;
              }
              Set<String> allowed = facts(known);
              facts(type).stream()
                  .filter(fact -> !allowed.contains(fact))
                  .map(fact -> name + ": " + fact)
                  .forEach(strange::add);
            });
    return strange;
  }

  private static Set<String> facts(TypeDefinition<?> type) {
    return switch (type) {
      case ImplementingTypeDefinition<?> fields -> {
        Set<String> facts = new HashSet<>();
        fields.getFieldDefinitions().forEach(field -> facts.addAll(facts(field)));
        fields.getImplements().forEach(parent -> facts.add("implements " + text(parent)));
        yield facts;
      }
      case InputObjectTypeDefinition input ->
          input.getInputValueDefinitions().stream()
              .map(OfficialSchema::fact)
              .collect(Collectors.toSet());
      case EnumTypeDefinition values ->
          values.getEnumValueDefinitions().stream()
              .map(value -> value.getName())
              .collect(Collectors.toSet());
      case UnionTypeDefinition union ->
          union.getMemberTypes().stream().map(OfficialSchema::text).collect(Collectors.toSet());
      default -> Set.of();
    };
  }

  private static Set<String> facts(FieldDefinition field) {
    Set<String> facts = new HashSet<>();
    facts.add(field.getName() + ": " + text(field.getType()));
    field
        .getInputValueDefinitions()
        .forEach(input -> facts.add(field.getName() + "(" + fact(input) + ")"));
    return facts;
  }

  private static String fact(InputValueDefinition input) {
    String value = input.getDefaultValue() == null ? "" : " = " + text(input.getDefaultValue());
    return input.getName() + ": " + text(input.getType()) + value;
  }

  private static String text(Node<?> node) {
    return AstPrinter.printAstCompact(node);
  }
}
