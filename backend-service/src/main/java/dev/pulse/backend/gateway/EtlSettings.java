package dev.pulse.backend.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How etl-service is reached, and how much of this service it may hold up.
 *
 * @param url scheme, host and port
 * @param connectTimeout until a connection stands
 * @param answerTimeout without a byte of an answer; what etl-service asks a source for takes a
 *     while
 * @param deadline for a whole answer, however slowly either side goes
 * @param downloadDeadline the same for a file
 * @param inFlight requests that are being answered at once; more are refused at once
 * @param pause for how long a dead etl-service is not asked (0.1–10 s)
 * @param streams streams of events at once (1–10,000)
 * @param streamsPerUser the same of one user
 * @param streamSilence without a byte, heartbeats included, a stream is taken for broken
 */
@Validated
@ConfigurationProperties("pulse.etl")
record EtlSettings(
    @DefaultValue("http://127.0.0.1:8000") URI url,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("60s") Duration answerTimeout,
    @DefaultValue("2m") Duration deadline,
    @DefaultValue("15m") Duration downloadDeadline,
    @DefaultValue("64") @Min(1) @Max(10_000) int inFlight,
    @DefaultValue("5s") Duration pause,
    @DefaultValue("500") @Min(1) @Max(10_000) int streams,
    @DefaultValue("10") @Min(1) @Max(10_000) int streamsPerUser,
    @DefaultValue("60s") Duration streamSilence) {

  EtlSettings {
    var rooted = url.getRawPath() == null || url.getRawPath().isEmpty();
    if (url.getHost() == null
        || !rooted
        || url.getRawQuery() != null
        || url.getRawUserInfo() != null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "pulse.etl.url is no scheme, host and port, such as http://127.0.0.1:8000: " + url);
    }
    if (pause.compareTo(Duration.ofMillis(100)) < 0
        || pause.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("pulse.etl.pause is not between 0.1 and 10 seconds");
    }
  }
}
