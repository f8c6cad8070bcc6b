package dev.pulse.backend.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.SecretText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard's first page shows, over REST. */
@RestController
@Tag(name = ApiTags.OVERVIEW)
@RequestMapping("/api/dashboard")
class DashboardController {

  private final Overview overview;
  private final JsonMapper json;

  DashboardController(Overview overview, JsonMapper json) {
    this.overview = overview;
    this.json = json;
  }

  /**
   * Jobs, freshness and what needs a person, of what the caller may see. With the ETag of an
   * earlier answer in If-None-Match it is 304 while nothing but the times of reading has changed.
   */
  @Operation(summary = "Jobs, freshness and what needs a person")
  @GetMapping("/overview")
  ResponseEntity<OverviewView> overview(@CurrentCaller Caller caller) {
    var view = overview.of(caller);
    return ResponseEntity.ok().eTag(tag(view)).body(view);
  }

  /** When something was read that is as it should be is no news; when it was that is old, is. */
  private String tag(OverviewView view) {
    var jobs = view.jobs();
    var freshness = view.freshness();
    var told =
        List.<Object>of(
            jobs == null ? Map.of() : jobs.items(),
            freshness == null ? Map.of() : freshness.items(),
            view.attention().items(),
            view.incomplete());
    var hash = SecretText.sha256(json.writeValueAsString(told).getBytes(UTF_8));
    return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "\"";
  }
}
