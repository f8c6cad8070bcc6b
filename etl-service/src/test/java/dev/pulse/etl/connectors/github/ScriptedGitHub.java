package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ScriptedServer;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/** Is asked for operations with variables, and for paths with queries. */
final class ScriptedGitHub extends ScriptedServer {

  @Override
  protected Question question(URI asked, String body) {
    var path = asked.getPath().substring(1);
    if (!path.equals("graphql")) return new Question(path, path + " " + asked.getQuery());
    var json = JsonMapper.shared().readTree(body);
    var operation = json.path("operationName").asString();
    return new Question(operation, operation + " " + json.path("variables"));
  }
}
