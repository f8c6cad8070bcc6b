package dev.pulse.backend.trail;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.platform.AnswerBrokeOff;
import dev.pulse.backend.platform.Csv;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.trail.Trail.Page;
import dev.pulse.backend.trail.Trail.TrailEvent;
import dev.pulse.model.AuditFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes all events of the audit that are wanted, page by page as they are read. A table in which a
 * part is missing looks like any other, so there is none: it is refused, or breaks off.
 */
@Component
class TrailExport {

  private static final int AT_ONCE = 200;

  private final Trail trail;
  private final JsonMapper json;
  private final Clock clock;

  TrailExport(Trail trail, JsonMapper json, Clock clock) {
    this.trail = trail;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Answers with the table.
   *
   * @throws Problem if a source does not answer; nothing has been written then
   * @throws AnswerBrokeOff if it no longer answers in the middle
   */
  void write(Caller caller, AuditFilter wanted, Set<Source> sources, HttpServletResponse response)
      throws IOException {
    var page = trail.read(caller, wanted, sources, TrailPosition.LATEST, AT_ONCE);
    if (!page.missing().isEmpty()) throw page.missing().getFirst().why();
    response.setContentType(Csv.TYPE);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition());
    var csv = new Csv(response.getOutputStream());
    csv.row(
        "time",
        "source",
        "id",
        "actor",
        "action",
        "target kind",
        "target",
        "reason",
        "before",
        "after",
        "request id");
    response.flushBuffer(); // from here on it is no longer refused, but breaks off
    while (true) {
      for (var event : page.items()) row(csv, event);
      var next = page.next();
      if (next == null) return;
      page = rest(trail.read(caller, wanted, sources, next, AT_ONCE));
    }
  }

  private static Page rest(Page page) {
    if (page.missing().isEmpty()) return page;
    throw new AnswerBrokeOff(new IOException(page.missing().getFirst().why()));
  }

  private void row(Csv csv, TrailEvent event) throws IOException {
    csv.row(
        event.at().toString(),
        event.source(),
        Long.toString(event.id()),
        event.actor(),
        event.action(),
        event.targetKind(),
        event.targetId(),
        event.reason(),
        text(event.before()),
        text(event.after()),
        event.requestId());
  }

  private @Nullable String text(@Nullable Map<String, Object> state) {
    return state == null ? null : json.writeValueAsString(state);
  }

  private String disposition() {
    var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return ContentDisposition.attachment()
        .filename("pulse-audit-%s.csv".formatted(day))
        .build()
        .toString();
  }
}
