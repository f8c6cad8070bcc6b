package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ScriptedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Is asked for paths below the API, with bodies. */
final class ScriptedSite extends ScriptedServer {

  private final List<String> queries = Collections.synchronizedList(new ArrayList<>());

  /** The queries in the order they came, of the requests that had one. */
  List<String> queries() {
    return List.copyOf(queries);
  }

  @Override
  protected Question question(URI asked, String body) {
    if (asked.getQuery() != null) queries.add(asked.getQuery());
    var operation = asked.getPath().replace("/rest/api/3/", "");
    return new Question(operation, operation + " " + body);
  }
}
