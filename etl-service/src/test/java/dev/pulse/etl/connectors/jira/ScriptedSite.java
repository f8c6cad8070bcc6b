package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ScriptedServer;
import java.net.URI;

/** Is asked for paths below the API, with bodies. */
final class ScriptedSite extends ScriptedServer {

  @Override
  protected Question question(URI asked, String body) {
    var operation = asked.getPath().replace("/rest/api/3/", "");
    return new Question(operation, operation + " " + body);
  }
}
