package dev.pulse.etl.monitoring;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.model.Attention;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What needs a person, over REST. */
@RestController
@Tag(name = ApiTags.ATTENTION)
class AttentionController {

  private final Troubles troubles;

  AttentionController(Troubles troubles) {
    this.troubles = troubles;
  }

  /** All at once, so {@code next} is always null. */
  record AttentionList(List<Attention> items, @Nullable String next) {
    AttentionList {
      items = List.copyOf(items);
    }
  }

  /** Of the connections that whoever asks may see; the most urgent first, then the oldest. */
  @Operation(summary = "What needs a person")
  @GetMapping("/api/v1/attention")
  AttentionList all() {
    return new AttentionList(troubles.all(), null);
  }
}
