package dev.pulse.local.aha;

import dev.pulse.local.Exchange;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Plan;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.Roadmap.Removal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Aha! writes its records. */
final class Bodies {

  static final String SITE = "https://acme.aha.example";
  private static final List<String> STATUSES =
      List.of("New", "In development", "Ready to ship", "Shipped");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Bodies() {}

  /** The name of a list of such plans, in paths and in answers. */
  static String list(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "s";
  }

  static ObjectNode user(Person person) {
    return object()
        .put("id", userId(person))
        .put("name", person.name())
        .put("email", person.email())
        .put("timezone", "Etc/UTC")
        .put("created_at", time(Instant.EPOCH))
        .put("updated_at", time(Instant.EPOCH))
        .put("enabled", !person.gone());
  }

  static ObjectNode product(Project project) {
    return object()
        .put("id", Long.toString(project.id()))
        .put("reference_prefix", Plan.prefix(project))
        .put("name", project.name())
        .put("product_line", false)
        .put("created_at", time(Instant.EPOCH))
        .put("workspace_type", "product_workspace")
        .put("url", SITE + "/projects/" + Plan.prefix(project));
  }

  /**
   * That a plan was deleted: its type is called by the name of its class, and its id is a number.
   */
  static ObjectNode audit(int number, Removal removal) {
    var kind = removal.plan().kind().name();
    return object()
        .put("id", Integer.toString(number))
        .put("audit_action", "destroy")
        .put("created_at", time(removal.at()))
        .put("interesting", true)
        .put("auditable_type", kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT))
        .put("auditable_id", removal.plan().id())
        .put("description", "deleted " + removal.plan().reference());
  }

  /** All fields of a plan, as its own page has them. */
  static ObjectNode plan(Plan plan) {
    var body = object();
    body.put("id", Long.toString(plan.id()))
        .put("name", plan.name())
        .put("reference_num", plan.reference())
        .put("created_at", time(plan.created()))
        .put("updated_at", time(plan.updated()))
        .put("product_id", Long.toString(plan.project().id()))
        .put("url", SITE + "/" + list(plan.kind()) + "/" + plan.reference())
        .put("resource", SITE + "/api/v1/" + list(plan.kind()) + "/" + plan.reference())
        .put("comments_count", 0);
    if (plan.kind() == Kind.GOAL) goal(plan, body);
    else {
      body.set("workflow_status", status(plan));
      body.set("integration_fields", integrations(plan));
      if (plan.kind() == Kind.RELEASE) release(plan, body);
      else item(plan, body);
    }
    body.set("custom_fields", customFields(plan));
    return body;
  }

  /** Goals have no status of their own: that of their metric is shown. */
  private static void goal(Plan plan, ObjectNode body) {
    body.set("description", note(plan));
    var metric = body.putObject("success_metric").put("name", "Metric " + plan.number());
    metric.set("workflow_status", status(plan));
  }

  private static void item(Plan plan, ObjectNode body) {
    body.set("description", note(plan));
    body.set("assigned_to_user", plan.assignee() == null ? null : person(plan.assignee()));
    if (plan.kind() != Kind.IDEA) body.set("created_by_user", person(plan.creator()));
    if (plan.kind() != Kind.INITIATIVE) {
      var tags = body.putArray("tags");
      plan.tags().forEach(tags::add);
    }
    switch (plan.kind()) {
      case INITIATIVE -> {
        var goals = body.putArray("goals");
        if (plan.parent() != null) goals.add(reference(plan.parent(), "goals"));
      }
      case EPIC -> {
        if (plan.parent() != null) body.set("initiative", reference(plan.parent(), "initiatives"));
        planned(plan, body);
      }
      case FEATURE -> {
        if (plan.parent() != null) body.set("epic", reference(plan.parent(), "epics"));
        body.set("workflow_kind", object().put("id", "67010").put("name", "New"));
        planned(plan, body);
      }
      case IDEA -> {
        body.put("votes", plan.revision());
        if (plan.parent() != null) body.set("feature", reference(plan.parent(), "features"));
      }
      default -> {}
    }
  }

  private static void planned(Plan plan, ObjectNode body) {
    body.put("due_date", date(plan.created()));
    if (plan.release() != null) body.set("release", reference(plan.release(), "releases"));
  }

  private static void release(Plan plan, ObjectNode body) {
    boolean out = plan.status() == 3;
    body.put("start_date", date(plan.created()))
        .put("release_date", date(plan.created().plusSeconds(30 * 86_400)))
        .put("released", out)
        .put("released_on", out ? date(plan.created().plusSeconds(31 * 86_400)) : null)
        .put("parking_lot", false);
    body.set("theme", note(plan));
    body.set("created_by_user", person(plan.creator()));
    body.set("owner", person(plan.creator()));
  }

  private static ObjectNode note(Plan plan) {
    var text = plan.text().replace("&", "&amp;").replace("<", "&lt;").replace("\n", "</p><p>");
    return object()
        .put("id", Long.toString(plan.id() + 500_000_000_000L))
        .put("body", "<p>" + text + "</p>")
        .put("editor_version", 2);
  }

  private static ObjectNode status(Plan plan) {
    return object()
        .put("id", Integer.toString(93_000 + plan.status()))
        .put("name", STATUSES.get(plan.status()))
        .put("position", plan.status() + 1)
        .put("complete", plan.status() == 3)
        .put("color", "#dce7c6");
  }

  private static ArrayNode customFields(Plan plan) {
    var fields = Exchange.JSON.createArrayNode();
    fields
        .addObject()
        .put("id", 424_324_947L)
        .put("key", "customer")
        .put("name", "Customer")
        .put("updatedAt", time(plan.updated()))
        .put("value", "Customer " + plan.index() % 7)
        .put("type", "string");
    return fields;
  }

  private static ArrayNode integrations(Plan plan) {
    var fields = Exchange.JSON.createArrayNode();
    if (plan.issue() == null) return fields;
    var address = "https://acme.example/browse/" + plan.issue();
    for (var each : List.of(List.of("key", plan.issue()), List.of("url", address))) {
      fields
          .addObject()
          .put("id", Long.toString(plan.id() + 600_000_000_000L) + each.getFirst())
          .put("name", each.getFirst())
          .put("value", each.getLast())
          .put("integration_id", 204_584_239L)
          .put("service_name", "jira")
          .put("created_at", time(plan.created()));
    }
    return fields;
  }

  private static ObjectNode person(Person person) {
    return object()
        .put("id", userId(person))
        .put("name", person.name())
        .put("email", person.email())
        .put("created_at", time(Instant.EPOCH))
        .put("updated_at", time(Instant.EPOCH));
  }

  private static ObjectNode reference(long id, String list) {
    return object()
        .put("id", Long.toString(id))
        .put("url", SITE + "/" + list + "/" + id)
        .put("resource", SITE + "/api/v1/" + list + "/" + id);
  }

  static String userId(Person person) {
    return Long.toString(6_600_000_000_000_000_000L + person.index());
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  private static String date(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }

  private static ObjectNode object() {
    return Exchange.JSON.createObjectNode();
  }
}
