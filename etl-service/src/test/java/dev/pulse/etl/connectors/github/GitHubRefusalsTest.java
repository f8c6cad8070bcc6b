package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GitHub may refuse, and what the engine is told of it. */
class GitHubRefusalsTest extends ScriptedGitHubTest {

  private static final String COMMENTS = "repos/acme/shop/issues/comments";

  @ParameterizedTest
  @CsvSource({
    "401, '{\"message\":\"Bad credentials\",\"documentation_url\":\"x\"}', CredentialsRejected",
    "401, {}, WrongProduct",
    "403, {}, AccessDenied",
    "403, '{\"message\":\"You have exceeded a secondary rate limit.\"}', RateLimited",
    "403, '{\"message\":\"Repository access blocked\",\"block\":{\"reason\":\"tos\"}}',"
        + " AccessDenied",
    "403, '{\"message\":\"This installation has been suspended\"}', CredentialsRejected",
    "451, '{\"message\":\"Repository access blocked\",\"block\":{\"reason\":\"dmca\"}}',"
        + " AccessDenied",
    "451, <html>, AccessDenied",
    "404, {}, AccessDenied",
    "410, '{\"message\":\"Issues are disabled for this repo\"}', AccessDenied",
    "410, {}, RequestRefused",
    "422, {}, RequestRefused",
    "429, {}, RateLimited",
    "500, {}, SourceUnavailable",
    "502, <html>, SourceUnavailable",
    "200, <html>, SourceUnavailable",
    "200, '[{\"id\":', SourceUnavailable",
    "200, '{\"message\":\"no list\"}', SourceUnavailable",
  })
  void every_refusal_of_rest_is_told_by_what_can_be_done(int status, String body, String failure) {
    github.on(COMMENTS, status, body);

    var thrown = failureOf("issue_comments");

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
    assertThat(thrown).hasMessageNotContaining(token);
    assertThat(thrown.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "502, <html>, TooHeavy",
    "503, <html>, TooHeavy",
    "504, <html>, TooHeavy",
    "200, '{\"errors\":[{\"type\":\"RESOURCE_LIMITS_EXCEEDED\"}],\"data\":{}}', TooHeavy",
    "200, '{\"errors\":[{\"type\":\"RATE_LIMITED\"}]}', RateLimited",
    "200, '{\"errors\":[{\"message\":\"secondary rate limit\"}]}', RateLimited",
    "200, '{\"message\":\"You have exceeded a secondary rate limit\"}', RateLimited",
    "200, '{\"errors\":[{\"type\":\"MAX_NODE_LIMIT_EXCEEDED\"}]}', TooHeavy",
    "200, '{\"errors\":[{\"message\":\"Something went wrong while executing your query.\"}]}',"
        + " TooHeavy",
    "200, '{\"errors\":[{\"message\":\"Timeout on validation of query\"}]}', TooHeavy",
    "200, '{\"errors\":[{\"type\":\"NOT_FOUND\"}],\"data\":{\"node\":null}}', AccessDenied",
    "200, '{\"errors\":[{\"type\":\"FORBIDDEN\"}],\"data\":{\"node\":null}}', AccessDenied",
    "200, '{\"errors\":[{\"message\":\"no such field\"}]}', RequestRefused",
    "200, '{\"data\":{\"node\":null}}', AccessDenied",
    "200, '{\"data\":{\"node\":{\"pullRequests\":{}}}}', SourceUnavailable",
    "200, {}, SourceUnavailable",
    "200, <html>, SourceUnavailable",
  })
  void every_refusal_of_a_query_is_told_by_what_can_be_done(
      int status, String body, String failure) {
    github.on("Pulls", status, body);

    assertThat(failureOf("pull_requests").getClass().getSimpleName()).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "FORBIDDEN, RATE_LIMITED, RateLimited",
    "RATE_LIMITED, FORBIDDEN, RateLimited",
    "RESOURCE_LIMITS_EXCEEDED, RATE_LIMITED, RateLimited",
    "NOT_FOUND, RESOURCE_LIMITS_EXCEEDED, TooHeavy",
    "FORBIDDEN, undefinedField, RequestRefused",
    "undefinedField, FORBIDDEN, RequestRefused",
  })
  void of_several_errors_the_one_that_says_most_of_the_whole_answer_decides(
      String first, String second, String failure) {
    github.on(
        "Pulls",
        200,
        """
        {"errors":[{"type":"%s","path":["node","pullRequests","nodes",0]},
                   {"type":"%s","path":["node","pullRequests","nodes",1]}],
         "data":{"node":{"pullRequests":{"totalCount":2,"nodes":[null,null],
           "pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\
        """
            .formatted(first, second));

    assertThat(failureOf("pull_requests").getClass().getSimpleName()).isEqualTo(failure);
  }

  @Test
  void a_single_sign_on_that_is_missing_is_named() {
    github.on(
        "Pulls",
        200,
        """
        {"errors":[{"type":"FORBIDDEN","path":["node"],"extensions":{"saml_failure":true}}],
         "data":{"node":null}}\
        """);

    assertThat(failureOf("pull_requests").remedy()).contains("single sign-on");
  }

  @Test
  void a_list_that_goes_on_without_saying_where_has_not_ended() {
    github.on(
        "Pulls",
        200,
        """
        {"data":{"node":{"pullRequests":{"totalCount":9,"nodes":[],
          "pageInfo":{"hasNextPage":true,"endCursor":null}}}}}\
        """);

    assertThat(failureOf("pull_requests")).hasMessageContaining("does not say where");
  }

  /** A clock that is behind by an hour, right, ahead by an hour; and a reset that has passed. */
  @ParameterizedTest
  @CsvSource({"-3600, 1200, 1200", "0, 1200, 1200", "3600, 1200, 1200", "0, -5, 1"})
  void a_spent_allowance_waits_for_its_reset_by_the_clock_of_github(
      int ahead, int resetsIn, int waits) {
    var served = Instant.now().plusSeconds(ahead).truncatedTo(ChronoUnit.SECONDS);

    var limited =
        GitHubRefusals.limited(
            "repositories",
            new Answer(
                403,
                Map.of(
                    "date",
                    List.of(
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(served.atZone(ZoneOffset.UTC))),
                    "x-ratelimit-remaining",
                    List.of("0"),
                    "x-ratelimit-reset",
                    List.of(String.valueOf(served.plusSeconds(resetsIn).getEpochSecond()))),
                new byte[0],
                Instant.now()),
            "limit");

    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(waits));
  }

  @Test
  void a_secondary_limit_waits_a_minute_and_holds_back_all_who_share_the_token() {
    github.on(COMMENTS, 403, "{\"message\":\"You have exceeded a secondary rate limit\"}");

    var first = failureOf("issue_comments");
    var second = failureOf("issue_comments");

    assertThat(((RateLimited) first).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(second).isInstanceOf(RateLimited.class);
    assertThat(github.asked()).hasSize(1);
  }

  @Test
  void a_missing_right_is_named() {
    github.on(COMMENTS, 403, "{}", "X-Accepted-GitHub-Permissions", "issues=read");

    assertThat(failureOf("issue_comments").remedy()).contains("issues=read");
  }

  @Test
  void the_token_never_follows_a_redirect_to_another_host() {
    github.on(COMMENTS, 301, "", "Location", "http://localhost:9/elsewhere");

    assertThat(failureOf("issue_comments")).hasMessageContaining("must not go");
  }

  @Test
  void a_renamed_repository_is_read_at_its_new_place() throws InterruptedException {
    github.on(COMMENTS, 301, "{}", "Location", github.url() + "/repositories/7/issues/comments");
    github.on("repositories/7/issues/comments", 200, "[]");

    assertThat(read("issue_comments", null, 100).last()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/repositories/7/issues/comments",
    "/repositories/7/issues/comments?page=1&per_page=50"
  })
  void a_renamed_repository_is_asked_the_same_at_its_new_place(String place)
      throws InterruptedException {
    github.on(COMMENTS, 301, "{}", "Location", github.url() + place);
    github.on("repositories/7/issues/comments", 200, "[]");

    read("issue_comments", null, 50);

    assertThat(github.asked().getLast()).contains("page=1", "per_page=50");
  }

  @Test
  void a_redirect_to_no_address_is_asked_again_later() {
    github.on(COMMENTS, 301, "{}", "Location", "http://[nowhere");

    assertThat(failureOf("issue_comments")).isInstanceOf(SourceUnavailable.class);
  }

  @Test
  void the_token_of_an_app_has_no_user_and_works_all_the_same() throws InterruptedException {
    github
        .on("user", 403, "{\"message\":\"Resource not accessible by integration\"}")
        .on("rate_limit", 200, "{\"resources\":{\"core\":{}}}")
        .on(
            "Repositories",
            200,
            "{\"data\":{\"organization\":{\"repositories\":{\"totalCount\":2}}}}")
        .on("Members", 200, "{\"data\":{\"organization\":{\"membersWithRole\":{}}}}");

    var result = open().check();

    assertThat(result.account()).isNull();
    assertThat(result.works()).isTrue();
  }

  @Test
  void an_enterprise_server_without_rate_limits_knows_no_path_for_them()
      throws InterruptedException {
    github
        .on("user", 403, "{\"message\":\"Resource not accessible by integration\"}")
        .on(
            "rate_limit",
            404,
            "{\"message\":\"Rate limiting is not enabled.\"}",
            "X-GitHub-Enterprise-Version",
            "3.9.1")
        .on(
            "Repositories",
            200,
            "{\"data\":{\"rateLimit\":null,\"organization\":{\"repositories\":{\"totalCount\":2}}}}")
        .on("Members", 200, "{\"data\":{\"organization\":{\"membersWithRole\":{}}}}");

    var result = open().check();

    assertThat(result.works()).isTrue();
    assertThat(result.product()).isEqualTo("GitHub Enterprise Server 3.9.1");
  }

  @Test
  void another_product_is_no_github() {
    assertThatThrownBy(() -> open().check()).isInstanceOf(WrongProduct.class);
  }
}
