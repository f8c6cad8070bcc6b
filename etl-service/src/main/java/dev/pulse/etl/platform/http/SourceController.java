package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.lists.SortField;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether sources answer, over REST. */
@RestController
@Tag(name = ApiTags.SOURCES)
class SourceController {

  private final SourceGates gates;

  SourceController(SourceGates gates) {
    this.gates = gates;
  }

  /**
   * A source that the answering node has asked since it was started.
   *
   * @param proxy through which it is reached; null = directly
   * @param state DOWN = nothing is asked until {@code probeAt}; PROBING = one request tries
   * @param lastFailure why a request was not answered, the last time that one was not
   */
  record SourceState(
      String origin,
      @Nullable String proxy,
      SourceGate.State state,
      @Nullable Instant downSince,
      @Nullable Instant probeAt,
      @Nullable String lastFailure) {}

  /** What sources can be sorted by. */
  enum Sort implements SortField<SourceState> {
    ORIGIN;

    @Override
    public List<Column<SourceState>> columns() {
      return List.of(
          Column.text("origin", SourceState::origin),
          Column.text("proxy", each -> each.proxy == null ? "" : each.proxy));
    }
  }

  @Operation(summary = "Whether each source answers")
  @GetMapping("/api/v1/sources")
  Listed<SourceState> all(
      @Paged(by = Sort.class, sort = "origin", limit = 200) Keyset<SourceState> page) {
    return page.of(gates.all().stream().map(SourceController::state).toList());
  }

  private static SourceState state(SourceGates.Known known) {
    var seen = known.seen();
    return new SourceState(
        known.origin(),
        known.proxy(),
        seen.state(),
        seen.downSince(),
        seen.probeAt(),
        seen.lastFailure());
  }
}
