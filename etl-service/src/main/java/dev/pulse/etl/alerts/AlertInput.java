package dev.pulse.etl.alerts;

import dev.pulse.etl.alerts.Alert.Channel;
import dev.pulse.etl.alerts.Alert.Watched;
import dev.pulse.etl.runs.JobHealth;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a client sends it.
 *
 * @param enabled null = true
 * @param url of a webhook
 * @param secret that messages to the webhook are signed with; null = as it was
 * @param to whom mail is sent
 * @param connections only these; null or empty = all
 * @param lateAfter planned times missed in a row from which a job is late; null = 3
 * @param budgetBelowPercent below which a budget is low; null = 10
 * @param quarantinePerHour records set aside within an hour from which it is growing; null = 10
 * @param version as last seen; null = whatever it is now
 * @param reason of the change, kept in the history
 */
record AlertInput(
    @NotBlank @Size(max = 100) String name,
    @Nullable Boolean enabled,
    @NotNull Channel channel,
    @Nullable @Size(max = 2_000) String url,
    @Nullable @Size(min = 16, max = 500) String secret,
    @Nullable @Size(max = 20) List<@NotBlank @Size(max = 254) String> to,
    @NotEmpty List<@NotNull Condition> conditions,
    @Nullable @Size(max = 1_000) List<@NotNull Long> connections,
    @Nullable @Min(1) @Max(100) Integer lateAfter,
    @Nullable @Min(1) @Max(90) Integer budgetBelowPercent,
    @Nullable @Min(1) @Max(1_000_000) Integer quarantinePerHour,
    @Nullable Long version,
    @Nullable @Size(max = 500) String reason) {

  List<String> toOrNobody() {
    return to == null ? List.of() : to.stream().map(String::strip).toList();
  }

  boolean enabledOrNot() {
    return enabled == null || enabled;
  }

  Watched watched() {
    return new Watched(
        conditions.stream().distinct().sorted().toList(),
        connections == null ? List.of() : connections.stream().distinct().sorted().toList(),
        Objects.requireNonNullElse(lateAfter, JobHealth.LATE_AFTER),
        Objects.requireNonNullElse(budgetBelowPercent, 10),
        Objects.requireNonNullElse(quarantinePerHour, 10));
  }
}
