package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.StoredRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * That a run which dies after any page goes on where it was, whatever the source. One partition is
 * read at a time, so that it is known which pages a death may cost.
 *
 * <p>The node that dies is this one: in the transaction of the page, a trigger takes its lease away
 * as if it had been silent for too long. From then on it can store nothing, and the source hears
 * nothing from it; the run is taken over like that of any lost node.
 */
@TestPropertySource(properties = "pulse.ingest.partitions-at-once=1")
public abstract class ConnectorKillContractTest extends ConnectorFixture {

  private final Map<Integer, Long> lives = new ConcurrentHashMap<>();
  private final List<Asked> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void nobody_dies_any_more() {
    jdbc.sql("drop function if exists etl.page_stored() cascade").update();
    jdbc.sql("drop table if exists etl.stored_page").update();
  }

  /** What a sync has cost, and what it left. */
  private record Synced(StoredRows rows, long pages, long others, List<String> stored) {}

  @Test
  void a_run_that_dies_after_every_page_ends_like_one_that_did_not_and_refetches_a_page_each() {
    var undisturbed = synced("note");
    assertEqualToWorld();
    disconnect();

    var killed = synced("kill");

    assertEqualToWorld();
    killed.rows.assertEqualTo(undisturbed.rows);
    int kills = killed.stored.size();
    // Two streams that read the same records race for who stores them first.
    assertThat(kills).isGreaterThanOrEqualTo(Math.max(10, undisturbed.stored.size() - 1));
    assertThat(attempts()).isEqualTo(kills + 1);
    assertThat(counter("updated") + counter("deleted") + counter("quarantined")).isZero();
    assertThat(counter("inserted")).isEqualTo(killed.rows.count());
    assertThat(source.streamsThatStayOpen())
        .containsAll(texts("select distinct stream from owed where connection_id = ?"));
    assertThat(killed.pages).isLessThanOrEqualTo(undisturbed.pages + kills);
    // Each life reads again what is read whole in every run, and asks what changed meanwhile.
    assertThat(killed.others)
        .isLessThanOrEqualTo((undisturbed.others + source.streamsThatLookUp()) * (kills + 1));
  }

  /** A first sync of a new connection; at {@code kill} the run dies after each page that is new. */
  private Synced synced(String mode) {
    nobody_dies_any_more();
    heard.clear();
    jdbc.sql("create table etl.stored_page (stream text, partition text)").update();
    proxy()
        .answer(
            (asked, from) -> {
              if (!alive(asked)) return unheard();
              heard.add(asked);
              return from.answer(asked);
            });
    connect();
    heard.clear();
    jdbc.sql(
            """
            create function etl.page_stored() returns trigger language plpgsql as $$
            begin
              insert into etl.stored_page values (new.stream, new.partition);
              if tg_argv[0] = 'kill' then
                update etl.run_lease
                   set token = token + 1, expires = clock_timestamp() - interval '1 second'
                 where run_id = new.run_id and expires > clock_timestamp();
              end if;
              return new;
            end $$
            """)
        .update();
    trigger("insert", "new.inserted > 0", mode);
    trigger("update", "new.inserted > old.inserted", mode);
    start();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> assertThat(state()).as(job().toString()).isNotEqualTo("FAILED"))
        .until(() -> state().equals("FINISHED"));
    long pages = heard.stream().filter(source::readsPage).count();
    return new Synced(
        StoredRows.of(jdbc, connection),
        pages,
        heard.size() - pages,
        jdbc.sql("select stream || ' of ' || partition from etl.stored_page")
            .query(String.class)
            .list());
  }

  private void trigger(String event, String condition, String mode) {
    jdbc.sql(
            "create trigger page_%1$s after %1$s on etl.run_stream for each row when (%2$s) execute function etl.page_stored('%3$s')"
                .formatted(event, condition, mode))
        .update();
  }

  /** Whether the process that asks still lives: each life of it has connections of its own. */
  private boolean alive(Asked asked) {
    var token =
        jdbc.sql(
                """
                select case when l.expires > clock_timestamp() then l.token else -1 end
                from run_lease l
                join run r on r.id = l.run_id
                where r.job_id = ?
                """)
            .param(connection)
            .query(Long.class)
            .optional();
    if (token.isEmpty()) return true;
    long now = token.get();
    return now >= 0 && lives.computeIfAbsent(asked.client(), client -> now) == now;
  }

  /** Answers nothing, and not so soon that a dead process asks again. */
  private static @Nullable Answered unheard() {
    LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
    return null;
  }

  private long attempts() {
    return jdbc.sql("select max(attempts) from run where job_id = ?")
        .param(connection)
        .query(Long.class)
        .single();
  }
}
