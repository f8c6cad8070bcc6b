package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site may refuse, and what the engine is told of it. */
class JiraRefusalsTest extends ScriptedSiteTest {

  @ParameterizedTest
  @CsvSource({
    "401, {}, CredentialsRejected",
    "403, '{\"errorMessages\":[\"No.\"]}', AccessDenied",
    "404, '{\"errorMessages\":[\"No.\"]}', AccessDenied",
    "404, <html>, WrongProduct",
    "302, <html>, WrongProduct",
    "410, '{\"errorMessages\":[\"Removed.\"]}', RequestRefused",
    "400, '{\"errorMessages\":[\"Odd JQL.\"]}', RequestRefused",
    "413, {}, TooHeavy",
    "429, {}, RateLimited",
    "500, <html>, SourceUnavailable",
    "503, <html>, SourceUnavailable",
    "200, <html>, SourceUnavailable",
    "200, '[{\"id\":', SourceUnavailable",
    "200, '{\"no\":\"list\"}', SourceUnavailable",
  })
  void every_refusal_is_told_by_what_can_be_done(int status, String body, String failure) {
    site.on("status", status, body);

    var thrown = failureOf("work_statuses");

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
    assertThat(thrown).hasMessageNotContaining(SECRET);
    assertThat(thrown.remedy()).isNotBlank();
  }

  @Test
  void an_empty_list_for_somebody_unknown_is_no_empty_list() {
    site.on("status", 200, "[]", "X-Seraph-LoginReason", "AUTHENTICATED_FAILED");

    assertThat(failureOf("work_statuses")).isInstanceOf(CredentialsRejected.class);
  }

  @Test
  void a_captcha_is_told_with_its_own_remedy() {
    site.on("status", 403, "<html>", "X-Seraph-LoginReason", "AUTHENTICATION_DENIED");

    assertThat(failureOf("work_statuses"))
        .isInstanceOf(CredentialsRejected.class)
        .hasMessageContaining("CAPTCHA");
  }

  @Test
  void a_limit_waits_as_long_as_told_and_asks_nothing_meanwhile() {
    site.on("status", 429, "{}", "Retry-After", "30", "RateLimit-Reason", "jira-burst-based");

    var first = (RateLimited) failureOf("work_statuses");
    var second = (RateLimited) failureOf("work_statuses");

    assertThat(first).hasMessageContaining("jira-burst-based");
    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(second.retryAfter()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    assertThat(site.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"Retry-After, 0", "X-RateLimit-Reset, 2020-01-01T00:00Z", "X-Other, 1"})
  void a_limit_without_a_usable_time_still_waits(String header, String value) {
    site.on("field", 429, "{}", header, value);

    var limited = (RateLimited) failureOf("fields");

    assertThat(limited.retryAfter()).isPositive();
  }

  @Test
  void near_the_limit_requests_are_made_more_slowly() throws Exception {
    site.on("status", 200, "[]", "X-RateLimit-NearLimit", "true").on("status", 200, "[]");
    var statuses = walked(open(), "work_statuses");
    read(statuses, Partition.WHOLE, null);
    var begin = Instant.now();

    read(statuses, Partition.WHOLE, null);

    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofMillis(499));
  }

  @Test
  void a_site_of_another_product_is_told_before_anything_is_saved() {
    for (var status : new int[] {200, 401, 404}) {
      for (var body : new String[] {"<html>", "{}"}) {
        var other = new ScriptedSite();
        other.on("serverInfo", status, body);
        assertThatThrownBy(() -> open(other.url()).check()).isInstanceOf(WrongProduct.class);
        other.close();
      }
    }

    var server = new ScriptedSite();
    server.on("serverInfo", 200, "{\"versionNumbers\":[9],\"deploymentType\":\"Server\"}");
    assertThatThrownBy(() -> open(server.url()).check())
        .isInstanceOf(WrongProduct.class)
        .hasMessageContaining("Server");
    server.close();
  }

  @Test
  void a_jira_that_refuses_the_token_is_told_from_another_product_by_what_it_tells_anybody() {
    site.on("serverInfo", 401, "{}").on("serverInfo", 200, "{\"versionNumbers\":[9]}");

    assertThatThrownBy(() -> open().check()).isInstanceOf(CredentialsRejected.class);
  }

  @Test
  void an_address_copied_from_a_page_is_cut_to_the_site_and_a_strange_one_is_refused() {
    assertThat(open("https://Acme.atlassian.net/jira/software/projects/ED?x=1").budgetKeys())
        .singleElement()
        .extracting("value")
        .isEqualTo("jira:acme.atlassian.net");
    assertThatThrownBy(() -> open("https://me:pw@acme.example"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageNotContaining("pw");
    assertThatThrownBy(() -> open("acme")).isInstanceOf(InvalidSetting.class);
  }
}
