package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Organisation;
import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeMilestone;
import dev.pulse.local.world.CodeRelease;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.Team;
import dev.pulse.local.world.TimelineEvent;
import graphql.TypeResolutionEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The simulated part of GitHub's schema, tied to the records of the organisation. */
final class GitHubSchema {
  private GitHubSchema() {}

  static GraphQLSchema of(Hub hub) {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
    Scalars.all().forEach(wiring::scalar);
    for (String type :
        List.of(
            "Node",
            "Actor",
            "RepositoryOwner",
            "GitObject",
            "PullRequestTimelineItems",
            "RequestedReviewer",
            "IssueTimelineItems",
            "Assignee",
            "Closer",
            "IssueOrPullRequest",
            "ReferencedSubject")) {
      wiring.type(type, builder -> builder.typeResolver(GitHubSchema::typeOf));
    }
    TypeDefinitionRegistry types = new SchemaParser().parse(sdl());
    connections(types, wiring);
    new QueryFields(hub).wire(wiring);
    new RepositoryFields(hub).wire(wiring);
    PullFields.wire(wiring);
    new IssueFields(hub).wire(wiring);
    new TeamFields(hub).wire(wiring);
    return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
  }

  /** All connections read alike, but for those of timelines, which have fields of their own. */
  private static void connections(TypeDefinitionRegistry types, RuntimeWiring.Builder wiring) {
    for (String type : types.types().keySet()) {
      if (type.endsWith("Connection") && !type.endsWith("TimelineItemsConnection")) {
        Fields.of(wiring, Connection.class, type)
            .plain("nodes", page -> page.nodes())
            .plain("edges", page -> page.edges())
            .plain("pageInfo", page -> page.pageInfo())
            .plain("totalCount", page -> page.totalCount());
      } else if (type.endsWith("Edge")) {
        Fields.of(wiring, Connection.Edge.class, type)
            .plain("cursor", Connection.Edge::cursor)
            .plain("node", Connection.Edge::node);
      }
    }
  }

  static String sdl() {
    try (InputStream file = GitHubSchema.class.getResourceAsStream("schema.graphqls")) {
      if (file == null) {
        throw new IllegalStateException("schema.graphqls is missing beside " + GitHubSchema.class);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphQLObjectType typeOf(TypeResolutionEnvironment env) {
    Object row = env.getObject();
    String name =
        switch (row) {
          case Person person -> person.bot() ? "Bot" : "User";
          case Repository _ -> "Repository";
          case PullRequest _ -> "PullRequest";
          case Organisation _ -> "Organization";
          case TimelineEvent event -> event.type();
          case CodeIssue _ -> "Issue";
          case CodeMilestone _ -> "Milestone";
          case Team _ -> "Team";
          case PullRequest.Commit _ -> "Commit";
          case CommitFields.Tip _ -> "Commit";
          case CodeRelease _ -> "Release";
          case CodeDeployment _ -> "Deployment";
          default -> throw new IllegalStateException("no type for " + row.getClass());
        };
    return env.getSchema().getObjectType(name);
  }
}
