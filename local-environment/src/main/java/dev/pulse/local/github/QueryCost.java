package dev.pulse.local.github;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query costs before it runs: every connection is asked once per parent, the requests are
 * added up, divided by 100 and rounded, one point at least. Pages need first or last between 1 and
 * 100 and may reach 500,000 nodes.
 *
 * @see <a
 *     href="https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api">limits</a>
 */
final class QueryCost {
  static final long NODE_LIMIT = 500_000;

  private final GraphQLSchema schema;
  private final Document document;
  private final Map<String, Object> variables;
  private final List<Refusal> refusals = new ArrayList<>();
  private long requests;
  private long nodes;

  private QueryCost(GraphQLSchema schema, Document document, Map<String, Object> variables) {
    this.schema = schema;
    this.document = document;
    this.variables = variables;
  }

  /** Points and nodes of one operation, and why it may not run. */
  record Cost(int points, long nodes, List<Refusal> refusals) {}

  /** The variables must hold the operation's defaults already. */
  static Cost of(
      GraphQLSchema schema,
      Document document,
      OperationDefinition operation,
      Map<String, Object> variables) {
    QueryCost cost = new QueryCost(schema, document, variables);
    cost.walk(operation.getSelectionSet(), schema.getQueryType(), 1);
    if (cost.nodes > NODE_LIMIT && cost.refusals.isEmpty()) {
      cost.refusals.add(tooManyNodes(cost.nodes));
    }
    int points = (int) Math.max(1, Math.round(cost.requests / 100.0));
    return new Cost(points, cost.nodes, List.copyOf(cost.refusals));
  }

  private void walk(@Nullable SelectionSet set, GraphQLCompositeType type, long parents) {
    if (set == null) {
      return;
    }
    for (Selection<?> selection : set.getSelections()) {
      switch (selection) {
        case Field field -> walk(field, type, parents);
        case InlineFragment part -> {
          var condition = part.getTypeCondition();
          walk(
              part.getSelectionSet(),
              condition == null ? type : named(condition.getName()),
              parents);
        }
        case FragmentSpread spread ->
            document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .filter(fragment -> fragment.getName().equals(spread.getName()))
                .forEach(
                    fragment ->
                        walk(
                            fragment.getSelectionSet(),
                            named(fragment.getTypeCondition().getName()),
                            parents));
        default -> throw new IllegalStateException("unknown selection " + selection);
      }
    }
  }

  private void walk(Field field, GraphQLCompositeType type, long parents) {
    GraphQLFieldDefinition definition =
        type instanceof GraphQLFieldsContainer container
            ? container.getFieldDefinition(field.getName())
            : null;
    if (definition == null
        || !(GraphQLTypeUtil.unwrapAll(definition.getType())
            instanceof GraphQLCompositeType below)) {
      return; // a leaf, or introspection
    }
    long times = parents;
    if (below.getName().endsWith("Connection")) {
      long page = pageSize(field);
      requests += parents;
      nodes += parents * page;
      times = parents * page;
    } else if (type.getName().equals(schema.getQueryType().getName())
        && field.getName().equals("nodes")) {
      times = idCount(field);
    }
    walk(field.getSelectionSet(), below, times);
  }

  private long pageSize(Field field) {
    for (String bound : List.of("first", "last")) {
      Object value = value(field, bound);
      if (value instanceof Number number) {
        return checked(field, bound, number.longValue());
      }
    }
    refuse(
        field,
        "MISSING_PAGINATION_BOUNDARIES",
        "You must provide a `first` or `last` value to properly paginate the `%s` connection."
            .formatted(field.getName()));
    return 0;
  }

  private long checked(Field field, String bound, long size) {
    if (size > 100) {
      refuse(
          field,
          "EXCESSIVE_PAGINATION",
          "Requesting %d records on the `%s` connection exceeds the `%s` limit of 100 records."
              .formatted(size, field.getName(), bound));
    } else if (size < 0) {
      refuse(
          field,
          "INVALID_PAGINATION_BOUNDARIES",
          "`%s` on the `%s` connection cannot be less than zero."
              .formatted(bound, field.getName()));
    }
    return Math.max(0, size);
  }

  private void refuse(Field field, String type, String message) {
    refusals.add(new Refusal(type, message, List.of(field.getName()), field.getSourceLocation()));
  }

  private long idCount(Field field) {
    return value(field, "ids") instanceof Collection<?> ids ? ids.size() : 1;
  }

  private @Nullable Object value(Field field, String name) {
    for (Argument argument : field.getArguments()) {
      if (argument.getName().equals(name)) {
        return value(argument.getValue());
      }
    }
    return null;
  }

  private @Nullable Object value(Value<?> value) {
    return switch (value) {
      case VariableReference reference -> variables.get(reference.getName());
      case IntValue number -> number.getValue();
      case graphql.language.ArrayValue array -> array.getValues();
      case NullValue _ -> null;
      default -> null;
    };
  }

  private GraphQLCompositeType named(String name) {
    GraphQLNamedType type = (GraphQLNamedType) schema.getType(name);
    return (GraphQLCompositeType) java.util.Objects.requireNonNull(type);
  }

  private static Refusal tooManyNodes(long nodes) {
    return new Refusal(
        "MAX_NODE_LIMIT_EXCEEDED",
        String.format(
            Locale.ROOT,
            "This query requests up to %,d possible nodes which exceeds the maximum limit of %,d.",
            nodes,
            NODE_LIMIT));
  }
}
