package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Plan;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.Roadmap;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulated Aha!. */
final class TestedAha implements TestedSource {

  /** So that the features of a workspace do not fit on one page. */
  static final int SCALE = 1_300;

  static final Set<Kind> ITEMS = EnumSet.complementOf(EnumSet.of(Kind.RELEASE));

  private final Simulator simulator;
  private final Roadmap roadmap;

  TestedAha(Simulator simulator) {
    this.simulator = simulator;
    this.roadmap = simulator.world().roadmap();
  }

  @Override
  public String name() {
    return "aha";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString());
  }

  @Override
  public String mainOperation() {
    return "features";
  }

  @Override
  public String firstWalk() {
    return "/products/";
  }

  @Override
  public String mainTable() {
    return "work_item";
  }

  @Override
  public int count() {
    return ITEMS.stream().mapToInt(kind -> roadmap.shelf(kind).count()).sum();
  }

  /** Features first, of which the main stream is. */
  @Override
  public int change(int count) {
    int features = roadmap.shelf(Kind.FEATURE).count();
    int step = Math.max(1, features / count);
    int changed = 0;
    for (int i = 0; i < features && changed < count; i += step) {
      roadmap.edit(Kind.FEATURE, i);
      changed++;
    }
    if (count < count()) return changed;
    for (var kind : ITEMS) {
      if (kind == Kind.FEATURE) continue;
      for (int i = 0; i < roadmap.shelf(kind).count(); i++) roadmap.edit(kind, i);
    }
    return count();
  }

  @Override
  public List<String> elements() {
    return simulator.world().projects().stream().map(Plan::prefix).toList();
  }

  @Override
  public String elementColumn() {
    return "project_id";
  }

  @Override
  public void hideFirstElement(boolean hidden) {
    simulator.world().visibility().hideProject(0, hidden);
  }

  @Override
  public boolean goesOn(Asked asked) {
    return asked.path().matches(".*/products/.*/features\\?.*&page=([2-9]|\\d\\d).*");
  }

  @Override
  public int streamsThatLookUp() {
    return 4;
  }

  @Override
  public int quietRequests() {
    return 10 + simulator.world().projects().size() / 25;
  }

  @Override
  public void assertEqualToWorld(JdbcClient jdbc, long connection) {
    new AhaTruth(jdbc, simulator.world()).assertEqual(connection);
  }

  @Override
  public boolean readsPage(Asked asked) {
    return asked.path().matches(".*/products/[^/?]+/.*");
  }

  @Override
  public ArrayNode records(Asked asked, JsonNode answer) {
    return answer.path("features") instanceof ArrayNode list
        ? list
        : JsonMapper.shared().createArrayNode();
  }

  @Override
  public ObjectNode fields(ObjectNode record) {
    return record;
  }

  @Override
  public Names names() {
    return new Names("name", "description", "created_at", "updated_at");
  }

  @Override
  public JsonNode text(String text) {
    return JsonMapper.shared().createObjectNode().put("body", text);
  }

  @Override
  public boolean truncate(ObjectNode record) {
    return false;
  }
}
