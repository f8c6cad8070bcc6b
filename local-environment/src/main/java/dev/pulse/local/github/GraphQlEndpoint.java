package dev.pulse.local.github;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries. A query is priced before it runs; one that the token cannot pay for is refused as a
 * whole.
 */
final class GraphQlEndpoint {
  private static final int KEPT_QUERIES = 200;

  private final Hub hub;
  private final GraphQLSchema schema;
  private final GraphQL engine;
  private final Map<String, PreparsedDocumentEntry> prepared = new ConcurrentHashMap<>();

  GraphQlEndpoint(Hub hub) {
    this.hub = hub;
    this.schema = GitHubSchema.of(hub);
    this.engine =
        GraphQL.newGraphQL(schema)
            .instrumentation(new Pricing())
            .preparsedDocumentProvider(
                (input, parse) -> {
                  if (prepared.size() >= KEPT_QUERIES) {
                    prepared.clear();
                  }
                  return CompletableFuture.completedFuture(
                      prepared.computeIfAbsent(input.getQuery(), _ -> parse.apply(input)));
                })
            .defaultDataFetcherExceptionHandler(
                problem -> CompletableFuture.completedFuture(told(problem.getException(), problem)))
            .build();
  }

  /** The body of an answer, with data, errors or both, and what the query cost. */
  record Outcome(Map<String, Object> body, long points) {}

  Outcome run(
      String query,
      @Nullable String operation,
      Map<String, Object> variables,
      Budget budget,
      Rights rights) {
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput(query)
            .variables(variables)
            .graphQLContext(Map.of(Budget.class, budget, Rights.class, rights));
    if (operation != null) {
      input.operationName(operation);
    }
    ExecutionInput ready = input.build();
    ExecutionResult result = engine.execute(ready);
    Map<String, Object> body = new java.util.LinkedHashMap<>();
    if (result.isDataPresent()) {
      body.put("data", result.getData());
    }
    if (!result.getErrors().isEmpty()) {
      body.put("errors", QueryErrors.written(result.getErrors()));
    }
    QueryCost.Cost cost = ready.getGraphQLContext().get(QueryCost.Cost.class);
    return new Outcome(body, cost == null ? 0 : cost.points());
  }

  private static DataFetcherExceptionHandlerResult told(
      Throwable failure, graphql.execution.DataFetcherExceptionHandlerParameters where) {
    if (failure instanceof Refusal refusal) {
      GraphQLError error = refusal.at(where.getPath().toList(), where.getSourceLocation());
      return DataFetcherExceptionHandlerResult.newResult(error).build();
    }
    throw new IllegalStateException("field " + where.getPath() + " failed", failure);
  }

  /** Prices an operation, charges it, and stops what may not run. */
  private final class Pricing extends SimplePerformantInstrumentation {

    /** What the caller may not see is null, with an error in its place. */
    @Override
    public DataFetcher<?> instrumentDataFetcher(
        DataFetcher<?> fetcher,
        InstrumentationFieldFetchParameters parameters,
        @Nullable InstrumentationState state) {
      var env = parameters.getEnvironment();
      Rights rights = env.getGraphQlContext().get(Rights.class);
      var field = env.getFieldDefinition().getName();
      if (!(env.getParentType() instanceof GraphQLNamedType type)
          || rights.shows(type.getName(), field)) return fetcher;
      return _ -> {
        throw new Refusal("FORBIDDEN", Rights.REFUSED);
      };
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
        InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
      ExecutionContext context = parameters.getExecutionContext();
      QueryCost.Cost cost =
          QueryCost.of(
              schema,
              context.getDocument(),
              context.getOperationDefinition(),
              context.getCoercedVariables().toMap());
      if (!cost.refusals().isEmpty()) {
        throw new AbortExecutionException(java.util.List.copyOf(cost.refusals()));
      }
      Budget budget = context.getGraphQLContext().get(Budget.class);
      if (!budget.take(cost.points(), hub.now())) {
        throw new AbortExecutionException(
            java.util.List.of(
                new Refusal(
                    "RATE_LIMITED",
                    "API rate limit exceeded for user ID " + hub.viewer().databaseId() + ".")));
      }
      context.getGraphQLContext().put(QueryCost.Cost.class, cost);
      return null;
    }
  }
}
