package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.world.Sprints;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How Data Center writes what Cloud writes too: people have a key and a name, texts are wiki
 * markup, sprints in a field are printed objects, and the team field is another product's.
 */
final class DataCenterForm {

  private DataCenterForm() {}

  static Answer of(Answer cloud) {
    if (cloud.status() != 200) return cloud;
    var tree = form(Exchange.JSON.readTree(cloud.body()));
    return new Answer(200, cloud.contentType(), Exchange.JSON.writeValueAsBytes(tree));
  }

  private static JsonNode form(JsonNode node) {
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) list.set(i, form(list.get(i)));
      return list;
    }
    if (!(node instanceof ObjectNode object)) {
      return node.isString() && node.asString().startsWith("https://acme.example/rest/api/3/")
          ? JsonNodeFactory.instance.stringNode(node.asString().replace("/api/3/", "/api/2/"))
          : node;
    }
    if (object.path("type").asString("").equals("doc")) {
      var words = object.path("content").path(0).path("content").path(0).path("text");
      return JsonNodeFactory.instance.stringNode(words.asString(""));
    }
    if (object.path("accountId").isString()) person(object);
    if (object.path(Sprints.FIELD) instanceof ArrayNode sprints) print(sprints);
    for (var each : new ArrayList<>(object.properties())) {
      object.set(each.getKey(), form(each.getValue()));
    }
    return object;
  }

  private static void person(ObjectNode user) {
    var key = user.path("accountId").asString();
    user.remove(List.of("accountId", "accountType"));
    user.put("key", key);
    user.put("name", user.path("emailAddress").asString("").replaceFirst("@.*", ""));
  }

  private static void print(ArrayNode sprints) {
    for (int i = 0; i < sprints.size(); i++) {
      var sprint = sprints.get(i);
      sprints.set(
          i,
          JsonNodeFactory.instance.stringNode(
              "com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%s,rapidViewId=%s,state=ACTIVE,name=%s,goal=]"
                  .formatted(
                      i + 1_000,
                      sprint.path("id").asString(),
                      sprint.path("boardId").asString(),
                      sprint.path("name").asString())));
    }
  }
}
