package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Fence;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The only writer of leases: which node may write for a run, and until when. All times are the
 * database's, so no node's clock is trusted.
 */
@Component
class Leases {

  private static final String NOBODY = "";
  private static final String CUT_OFF = "-";

  private final JdbcClient jdbc;
  private final JdbcClient heartbeat;
  private final RunSettings settings;

  Leases(JdbcClient jdbc, @Qualifier("heartbeat") JdbcTemplate heartbeat, RunSettings settings) {
    this.jdbc = jdbc;
    this.heartbeat = JdbcClient.create(heartbeat);
    this.settings = settings;
  }

  /** Why nobody works on a run. */
  enum Lapse {
    /** Its node is gone, or says nothing. */
    LOST,
    /** Its node was cut off from the database. */
    CUT_OFF,
    /** Its node has given it up on purpose. */
    GIVEN_UP
  }

  /** A run that nobody works on. */
  record Lapsed(long runId, long jobId, Lapse why) {}

  /**
   * What a node learns when it renews a lease.
   *
   * @param mode how soon the run is to stop; null = it shall go on
   */
  record Beat(Wish.@Nullable Mode mode) {}

  /** Gives a run to a node. The token grows at each change of owner, for ever. */
  Fence give(long run, String owner) {
    long token =
        jdbc.sql(
                """
                insert into run_lease as l (run_id, owner, token, expires)
                values (:run, :owner, 1, clock_timestamp() + :lease * interval '1 millisecond')
                on conflict (run_id) do update
                   set owner = excluded.owner, token = l.token + 1, expires = excluded.expires
                returning token
                """)
            .param("run", run)
            .param("owner", owner)
            .param("lease", settings.lease().toMillis())
            .query(Long.class)
            .single();
    return new Fence(run, token);
  }

  /**
   * Renews leases, all at once and on a connection that nothing else uses. One that is locked,
   * since its run just ends or is taken over, keeps its time and holds up no other.
   *
   * @return by run; one that is missing is somebody else's now, or gone
   */
  Map<Long, Beat> renew(Collection<Fence> fences) {
    var beats = new HashMap<Long, Beat>();
    heartbeat
        .sql(
            """
            with held as (
              select l.run_id
              from unnest(:runs::bigint[], :tokens::bigint[]) as mine (run_id, token)
              join run_lease l using (run_id, token)),
            free as (
              select l.run_id
              from run_lease l
              join unnest(:runs::bigint[], :tokens::bigint[]) as mine (run_id, token) using (run_id, token)
              for no key update of l skip locked),
            renewed as (
              update run_lease l
                 set expires = clock_timestamp() + :lease * interval '1 millisecond'
                from free
               where l.run_id = free.run_id)
            select r.id, r.stop_mode
            from run r
            join held on held.run_id = r.id
            """)
        .param("lease", settings.lease().toMillis())
        .param("runs", fences.stream().map(Fence::runId).toArray(Long[]::new))
        .param("tokens", fences.stream().map(Fence::token).toArray(Long[]::new))
        .query(
            row -> {
              var mode = row.getString("stop_mode");
              beats.put(row.getLong("id"), new Beat(mode == null ? null : Wish.Mode.valueOf(mode)));
            });
    return beats;
  }

  /** Whether nobody else was given the run since; keeps it so until the transaction ends. */
  boolean holds(Fence fence) {
    return jdbc.sql("select 1 from run_lease where run_id = ? and token = ? for update")
        .params(fence.runId(), fence.token())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * A run whose lease has run out, with its job and lease locked. A page under way keeps its lease
   * locked, and a control its job; such a run is left for the next look.
   */
  Optional<Lapsed> lapsed() {
    return jdbc.sql(
            """
            select r.id, r.job_id, l.owner
            from run r
            join job j on j.id = r.job_id
            join run_lease l on l.run_id = r.id
            where r.state = 'RUNNING' and l.expires < clock_timestamp()
            order by r.id
            for update of j, l skip locked
            limit 1
            """)
        .query(
            (row, n) ->
                new Lapsed(row.getLong("id"), row.getLong("job_id"), why(row.getString("owner"))))
        .optional();
  }

  /** Nobody writes for this run any more, and a heartbeat that comes too late renews nothing. */
  void expire(long run) {
    jdbc.sql("update run_lease set expires = clock_timestamp(), token = token + 1 where run_id = ?")
        .param(run)
        .update();
  }

  /** Any node may take the run at once, and no node was lost. */
  void giveUp(long run) {
    release(run, NOBODY);
  }

  /** Its node was cut off from the database: any node may take the run at once. */
  void cutOff(long run) {
    release(run, CUT_OFF);
  }

  private void release(long run, String owner) {
    jdbc.sql(
            "update run_lease set owner = ?, expires = clock_timestamp(), token = token + 1 where"
                + " run_id = ?")
        .params(owner, run)
        .update();
  }

  private static Lapse why(String owner) {
    return switch (owner) {
      case NOBODY -> Lapse.GIVEN_UP;
      case CUT_OFF -> Lapse.CUT_OFF;
      default -> Lapse.LOST;
    };
  }

  /** The run has ended. */
  void remove(long run) {
    jdbc.sql("delete from run_lease where run_id = ?").param(run).update();
  }
}
