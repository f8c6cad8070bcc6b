package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What could not be read is told by stream, as long as it is true. */
class CoverageTest extends SyncFixture {

  private static final Partition ALPHA = new Partition("alpha", "alpha");
  private static final Partition GROUP = new Partition("*", "all projects");

  @Autowired Coverage coverage;

  private final Notes notes = new Notes();

  /** A second, optional stream that reads what a test says. */
  private static final class Notes implements WalkedStream {

    final List<Partition> partitions = new ArrayList<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    boolean refusesPlans;

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public PageSize pageSize() {
      return PageSize.fixed(1);
    }

    @Override
    public boolean required() {
      return false;
    }

    @Override
    public List<PlannedWalk> plan(Planning planning) {
      if (refusesPlans) throw new AccessDenied("no plan", "Grant it.");
      return partitions.stream().map(each -> new PlannedWalk(each, null)).toList();
    }

    @Override
    public Page read(Request request) {
      if (refused.contains(request.partition().id()))
        throw new AccessDenied("no notes", "Grant it.");
      return Page.servedAt(ScriptedSource.NOW).last();
    }

    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {}
  }

  @BeforeEach
  void two_streams() {
    source.with("alpha", 5).with("beta", 5);
    source.others.add(notes);
    notes.partitions.add(ALPHA);
  }

  @Test
  void a_stream_that_can_be_read_again_says_nothing_of_another_that_is_still_refused()
      throws Exception {
    refuseItems(true);
    sync();
    var since = all().getFirst().since();
    notes.refused.add("alpha");
    sync();
    assertThat(told()).containsExactlyInAnyOrder("items alpha no items", "notes alpha no notes");

    notes.refused.clear();
    sync();

    assertThat(told()).containsExactly("items alpha no items");
    assertThat(all().getFirst().since()).isEqualTo(since);

    refuseItems(false);
    sync();

    assertThat(told()).isEmpty();
  }

  @Test
  void a_whole_stream_that_is_refused_is_told_until_it_is_read() throws Exception {
    only(Partition.WHOLE);
    notes.refused.add("");
    sync();
    var since = all().getFirst().since();

    sync();

    assertThat(told()).containsExactly("notes  no notes");
    assertThat(all().getFirst().since()).isEqualTo(since);

    notes.refused.clear();
    sync();

    assertThat(told()).isEmpty();
  }

  @Test
  void a_stream_that_is_refused_before_it_tells_its_parts_is_told_until_it_tells_them()
      throws Exception {
    notes.refusesPlans = true;
    sync();
    assertThat(told()).containsExactly("notes  no plan");

    notes.refusesPlans = false;
    sync();

    assertThat(told()).isEmpty();
  }

  @Test
  void what_was_refused_together_is_told_until_it_is_read_or_read_in_parts() throws Exception {
    only(GROUP);
    notes.refused.add("*");
    sync();
    assertThat(told()).containsExactly("notes * no notes");

    only(ALPHA);
    sync();

    assertThat(told()).isEmpty();
  }

  private void only(Partition partition) {
    notes.partitions.clear();
    notes.partitions.add(partition);
  }

  private void refuseItems(boolean refused) {
    source.beforeRead =
        request -> {
          if (refused && request.partition().equals(ALPHA)) {
            throw new AccessDenied("no items", "Grant it.");
          }
        };
  }

  private List<Coverage.Unreadable> all() {
    var all = new ArrayList<>(coverage.ofNoElement(connection));
    all.addAll(coverage.of(connection, List.of("alpha", "beta")));
    return all;
  }

  private List<String> told() {
    return all().stream()
        .map(each -> each.stream() + " " + each.partition() + " " + each.reason())
        .toList();
  }
}
