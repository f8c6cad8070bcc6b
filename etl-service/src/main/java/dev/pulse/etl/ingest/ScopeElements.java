package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The projects and repositories that connections have seen, and which of them are read. */
@Component
class ScopeElements {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcTemplate ingest;
  private final JdbcClient jdbc;

  ScopeElements(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
    this.jdbc = JdbcClient.create(ingest);
  }

  /**
   * One that another connection reads already is seen, but not included. What was decided for an
   * element holds until an operator decides otherwise: a new name neither removes nor reveals it.
   */
  void save(RunScope run, List<ScopeElement> elements) {
    if (elements.isEmpty()) return;
    var byId = new HashMap<String, ScopeElement>();
    for (var element : elements) byId.put(element.externalId(), element);
    var rows =
        byId.values().stream()
            .sorted(java.util.Comparator.comparing(ScopeElement::externalId))
            .toList();
    ingest.update(
        """
        insert into scope_element as e (connection_id, external_id, instance, name, label, attributes, wanted, scope,
          included)
        select c.id, p.external_id, p.instance, p.name, p.label, p.attributes::jsonb, d.wanted, c.scope,
          d.wanted and not exists (
            select
            from scope_element other
            where other.instance = p.instance and other.external_id = p.external_id and other.included
              and other.connection_id <> c.id)
        from (values (?::bigint, ?::text)) as c(id, scope)
        cross join unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
            as p(external_id, instance, name, label, attributes, wanted)
        left join scope_element known
          on known.connection_id = c.id and known.external_id = p.external_id and known.scope = c.scope
        cross join lateral (values (coalesce(known.wanted, p.wanted))) as d(wanted)
        on conflict (connection_id, external_id) do update
           set instance = excluded.instance, name = excluded.name, label = excluded.label,
               attributes = excluded.attributes, wanted = excluded.wanted, scope = excluded.scope,
               included = excluded.included, seen_at = clock_timestamp()
         where (e.instance, e.name, e.label, e.attributes, e.scope, e.included) is distinct from
           (excluded.instance, excluded.name, excluded.label, excluded.attributes, excluded.scope, excluded.included)
        """,
        run.connectionId(),
        JSON.writeValueAsString(run.scope()),
        rows.stream().map(ScopeElement::externalId).toArray(String[]::new),
        rows.stream().map(ScopeElement::instance).toArray(String[]::new),
        rows.stream().map(each -> StorableText.of(each.name())).toArray(String[]::new),
        rows.stream().map(each -> StorableText.of(each.label())).toArray(String[]::new),
        rows.stream()
            .map(each -> StorableText.ofJson(JSON.writeValueAsString(each.attributes())))
            .toArray(String[]::new),
        rows.stream().map(element -> run.scope().contains(element)).toArray(Boolean[]::new));
  }

  /**
   * Takes out what an operator has taken out of the scope since it was decided, by the names that
   * are known: the source, which may be down, need not be asked for that. What comes in is decided
   * when the source shows it, and so is again what it shows under another name.
   */
  void narrow(RunScope run) {
    var out =
        jdbc
            .sql(
                """
                select external_id, instance, name, label, attributes
                from scope_element
                where connection_id = ? and included and scope <> ?
                """)
            .params(run.connectionId(), JSON.writeValueAsString(run.scope()))
            .query((row, number) -> element(row))
            .list()
            .stream()
            .filter(each -> !run.scope().contains(each))
            .map(ScopeElement::externalId)
            .sorted()
            .toArray(String[]::new);
    ingest.update(
        "update scope_element set included = false where connection_id = ? and external_id = any"
            + " (?)",
        run.connectionId(),
        out);
  }

  /** Those that belong to somebody else now; they are back as soon as the source shows them. */
  void leave(RunScope run, List<String> elements) {
    if (elements.isEmpty()) return;
    var ids = elements.stream().sorted().toArray(String[]::new);
    ingest.update(
        """
        update scope_element
           set included = false
         where connection_id = ? and external_id = any (?) and included
        """,
        run.connectionId(),
        ids);
    ingest.update(
        "delete from unreadable where connection_id = ? and partition = any (?)",
        run.connectionId(),
        ids);
  }

  /** Whether any of them is known and not read any more. */
  boolean haveLeft(long connectionId, Set<String> elements) {
    return jdbc.sql(
            """
            select exists (
              select from scope_element where connection_id = ? and external_id = any (?) and not included)
            """)
        .params(connectionId, elements.toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }

  /** What is in scope, the one whose reading is oldest first, so that none starves. */
  List<ScopeElement> included(long connectionId, String stream) {
    return jdbc.sql(
            """
            select e.external_id, e.instance, e.name, e.label, e.attributes
            from scope_element e
            left join checkpoint c
              on c.connection_id = e.connection_id and c.stream = :stream and c.partition = e.external_id
            where e.connection_id = :connection and e.included
            order by c.completed_at nulls first, e.external_id
            """)
        .param("connection", connectionId)
        .param("stream", stream)
        .query((row, number) -> element(row))
        .list();
  }

  private static ScopeElement element(ResultSet row) throws SQLException {
    return new ScopeElement(
        row.getString("external_id"),
        row.getString("instance"),
        row.getString("name"),
        row.getString("label"),
        attributes(row.getString("attributes")));
  }

  /** Those that are no longer read, and of which something is stored or told. */
  List<Partition> left(long connectionId) {
    return jdbc.sql(
            """
            select e.external_id, e.name
            from scope_element e
            where e.connection_id = ? and not e.included
              and (
                exists (
                  select from checkpoint c where c.connection_id = e.connection_id and c.partition = e.external_id)
                or exists (
                  select from unreadable u where u.connection_id = e.connection_id and u.partition = e.external_id))
            order by e.external_id
            """)
        .param(connectionId)
        .query((row, n) -> new Partition(row.getString("external_id"), row.getString("name")))
        .list();
  }

  private static Map<String, String> attributes(String json) {
    return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
  }
}
