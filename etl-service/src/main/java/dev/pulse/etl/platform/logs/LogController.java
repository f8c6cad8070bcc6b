package dev.pulse.etl.platform.logs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.lists.SortField;
import dev.pulse.etl.platform.logs.LogCleanup.Cleaned;
import dev.pulse.etl.platform.logs.LogFiles.LogFileView;
import dev.pulse.etl.platform.logs.LogSearch.Recent;
import dev.pulse.etl.platform.logs.LogSearch.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StreamUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log files of the node that answers, over REST. */
@RestController
@Tag(name = ApiTags.LOGS)
@RequestMapping("/api/v1/logs")
class LogController {

  private final LogFiles files;
  private final LogSearch search;
  private final LogCleanup cleanup;

  LogController(LogFiles files, LogSearch search, LogCleanup cleanup) {
    this.files = files;
    this.search = search;
    this.cleanup = cleanup;
  }

  /** What files can be sorted by. */
  enum Sort implements SortField<LogFileView> {
    TO,
    BYTES;

    @Override
    public List<Column<LogFileView>> columns() {
      Column<LogFileView> name = Column.text("name", LogFileView::name);
      return switch (this) {
        case TO -> List.of(Column.time("to", LogFileView::to), name);
        case BYTES -> List.of(Column.number("bytes", LogFileView::bytes), name);
      };
    }
  }

  /**
   * What to delete.
   *
   * @param olderThanDays files whose last line is older than so many days (1–3650)
   * @param reason for the audit
   */
  record Cleanup(
      @NotNull @Min(1) @Max(3_650) Integer olderThanDays,
      @Nullable @Size(max = 500) String reason) {}

  /** The last lines of {@code level} and graver, in the order they were logged. */
  @Operation(summary = "The last lines that this node has logged")
  @GetMapping("/recent")
  Recent recent(
      @RequestParam(defaultValue = "INFO") Level level,
      @RequestParam(required = false) @Nullable String text,
      @RequestParam(required = false) @Nullable @Min(1) Long run,
      @RequestParam(defaultValue = "100") @Min(1) @Max(200) int limit) {
    return search.recent(new Wanted(level, text, run), limit);
  }

  @Operation(summary = "Its log files")
  @GetMapping("/files")
  Listed<LogFileView> files(
      @Paged(by = Sort.class, sort = "-to", limit = 200) Keyset<LogFileView> page) {
    return page.of(files.views());
  }

  /** One of the files listed, as it is on the disk when the request comes. */
  @Operation(summary = "Download a log file")
  @GetMapping("/download/{file}")
  void download(@PathVariable String file, HttpServletResponse response) throws IOException {
    var found = files.require(file);
    try (var in = Files.newInputStream(found.path(), LinkOption.NOFOLLOW_LINKS)) {
      response.setContentType(
          found.name().endsWith(".gz") ? "application/gzip" : "application/x-ndjson");
      response.setContentLengthLong(found.bytes());
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename(found.name()).build().toString());
      if (found.bytes() > 0) {
        StreamUtils.copyRange(in, response.getOutputStream(), 0, found.bytes() - 1);
      }
    }
  }

  /** Deletes files that were rolled over. */
  @Operation(summary = "Delete old log files")
  @PostMapping("/cleanup")
  Cleaned cleanup(@Valid @RequestBody Cleanup wanted) {
    return cleanup.olderThan(wanted.olderThanDays(), wanted.reason());
  }
}
