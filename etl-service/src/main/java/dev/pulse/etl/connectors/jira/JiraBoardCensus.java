package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Board;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.Sprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which boards, or sprints, are still there. They are listed by number, so that one that is deleted
 * meanwhile hides another: those missing are asked for one by one, as in every census.
 */
final class JiraBoardCensus implements CensusStream {

  private static final Logger log = LoggerFactory.getLogger(JiraBoardCensus.class);

  private final JiraClient client;
  private final JiraBoardWalk walk;
  private final Class<? extends SourceRecord> counted;
  private final String kind;

  private JiraBoardCensus(JiraClient client, Class<? extends SourceRecord> counted, String kind) {
    this.client = client;
    this.walk = new JiraBoardWalk(client, counted.equals(Sprint.class));
    this.counted = counted;
    this.kind = kind;
  }

  static JiraBoardCensus ofBoards(JiraClient client) {
    return new JiraBoardCensus(client, Board.class, "board");
  }

  static JiraBoardCensus ofSprints(JiraClient client) {
    return new JiraBoardCensus(client, Sprint.class, "sprint");
  }

  @Override
  public String name() {
    return kind + "_census";
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(50);
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return counted;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var read = walk.read(request, JiraBoardWalk.At.whole());
    var ids = new ArrayList<String>();
    boolean sprints = read.board() != null;
    for (var each : read.entries()) {
      var id = each.path("id").asString("");
      if (id.isEmpty())
        throw new SourceUnavailable("Jira answered a " + kind + " without an id", null);
      if (sprints == counted.equals(Sprint.class)) ids.add(id);
    }
    var page = Page.servedAt(read.servedAt()).present(ids);
    return read.next() == null ? page.last() : page.next(read.next());
  }

  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    var shown = new HashMap<String, String>();
    for (var id : ids) {
      if (shows(id)) shown.put(id, "");
    }
    return shown;
  }

  private boolean shows(String id) throws InterruptedException {
    try {
      var path = JiraBoardWalk.ROOT + kind + "/" + JiraClient.encode(id);
      return client.find(path, Map.of()).isPresent();
    } catch (AccessDenied e) {
      log.debug("Not shown: {}", e.getMessage());
      return false;
    }
  }
}
