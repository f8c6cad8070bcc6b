package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an account may refuse or answer oddly, and what the engine is told of it. */
class AhaRefusalsTest extends EtlTest {

  private static final String KEY = "hidden-api-key";
  private static final String MANY =
      """
      {"users":[{"id":"%d","name":"x"}],
       "pagination":{"total_records":1000,"total_pages":%d,"current_page":1}}
      """;

  @Autowired private ConnectorRegistry connectors;
  private final ScriptedAccount account = new ScriptedAccount();

  @AfterEach
  void close() {
    account.close();
  }

  @ParameterizedTest
  @CsvSource({
    "401, {}, CredentialsRejected",
    "403, '{\"errors\":{\"message\":\"No hidden-api-key.\"}}', AccessDenied",
    "404, {}, AccessDenied",
    "404, <html>, AccessDenied",
    "302, <html>, WrongProduct",
    "400, {}, RequestRefused",
    "422, {}, RequestRefused",
    "410, {}, RequestRefused",
    "413, {}, TooHeavy",
    "504, <html>, TooHeavy",
    "429, {}, RateLimited",
    "500, <html>, SourceUnavailable",
    "503, <html>, SourceUnavailable",
    "200, <html>, SourceUnavailable",
    "200, '{\"users\":', SourceUnavailable",
    "200, '{\"no\":\"list\"}', SourceUnavailable",
    "200, '{\"users\":{}}', SourceUnavailable",
    "200, '{\"users\":[]}', SourceUnavailable",
    "200, '{\"users\":[],\"pagination\":{\"total_records\":-1,\"total_pages\":0}}',"
        + " SourceUnavailable",
    "200, '{\"users\":[],\"pagination\":{\"total_records\":9,\"total_pages\":1}}',"
        + " SourceUnavailable",
    "200, '{\"users\":[],\"pagination\":{\"total_records\":900,\"total_pages\":30}}', TooHeavy",
  })
  void every_refusal_is_told_by_what_can_be_done(int status, String body, String failure) {
    account.on("users", status, body);

    var thrown = failure(null);

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
    assertThat(thrown).hasMessageNotContaining(KEY);
    assertThat(thrown.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 30, 25, 35",
    "X-Ratelimit-Reset, 40, 35, 45",
    "X-Ratelimit-Reset, soon, 50, 65",
    "X-Ratelimit-Reset, 1000000000, 0, 5",
    "X-Other, 1, 50, 65",
  })
  void a_limit_waits_as_long_as_told_and_asks_nothing_meanwhile(
      String header, String value, int least, int most) {
    account.on("users", 429, "{}", header, value);

    var limited = (RateLimited) failure(null);

    assertThat(limited.retryAfter()).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
    if (least > 0) {
      assertThat(failure(null)).isInstanceOf(RateLimited.class);
      assertThat(account.asked()).hasSize(1);
    }
  }

  @Test
  void an_allowance_that_is_used_up_is_not_overdrawn() {
    account.on(
        "users",
        200,
        "{\"users\":[],\"pagination\":{\"total_records\":0,\"total_pages\":0}}",
        "X-Ratelimit-Limit",
        "300",
        "X-Ratelimit-Remaining",
        "0",
        "X-Ratelimit-Reset",
        Long.toString(Instant.now().plusSeconds(50).getEpochSecond()));
    assertThat(read(null).last()).isTrue();

    assertThat(failure(null)).isInstanceOf(RateLimited.class);
    assertThat(account.asked()).hasSize(1);
  }

  @Test
  void a_list_that_never_joins_on_is_read_from_further_back_but_not_for_ever() {
    var served = new AtomicInteger();
    account.on(
        "users",
        query -> {
          int size = Integer.parseInt(query.replaceFirst(".*per_page=", ""));
          return MANY.formatted(served.incrementAndGet(), Math.ceilDiv(1_000, size));
        });

    assertThatThrownBy(
            () -> {
              Position position = null;
              while (served.get() < 100) position = read(position).next();
            })
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("order");

    assertThat(served.get()).isBetween(6, 30);
    assertThat(account.asked()).anySatisfy(asked -> assertThat(asked).contains("page=1&"));
  }

  @Test
  void another_product_is_told_before_anything_is_saved() throws Exception {
    for (var status : List.of(200, 404)) {
      for (var body : List.of("<html>", "{\"hello\":1}")) {
        try (var other = new ScriptedAccount()) {
          other.on("me", status, body);
          assertThatThrownBy(() -> open(other.url()).check()).isInstanceOf(WrongProduct.class);
        }
      }
    }
  }

  @Test
  void rights_that_are_missing_are_named() throws Exception {
    account
        .on("me", 200, "{\"user\":{\"id\":\"1\",\"name\":\"Robin\"}}")
        .on("products", 200, "{\"products\":[],\"pagination\":{\"total_records\":0}}")
        .on("users", 403, "{}");

    var result = open(account.url()).check();

    assertThat(result.account()).isEqualTo("Robin");
    assertThat(result.works()).isFalse();
    assertThat(result.missing()).hasSize(2);
  }

  @Test
  void an_address_copied_from_a_page_is_cut_to_the_account_and_a_strange_one_is_refused() {
    assertThat(open("https://Acme.aha.io/products/PRJ/feature_cards?x=1#y").budgetKeys())
        .singleElement()
        .extracting("value")
        .isEqualTo("aha:acme.aha.io");
    assertThatThrownBy(() -> open("https://me:pw@acme.aha.io"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageNotContaining("pw");
    assertThatThrownBy(() -> open("acme")).isInstanceOf(InvalidSetting.class);
  }

  private SourceFailure failure(@Nullable Position position) {
    return catchThrowableOfType(SourceFailure.class, () -> read(position));
  }

  private Page read(@Nullable Position position) {
    var users =
        open(account.url()).stages().stream()
            .flatMap(List::stream)
            .filter(stream -> stream.name().equals("accounts"))
            .map(WalkedStream.class::cast)
            .findFirst()
            .orElseThrow();
    try {
      return users.read(new WalkedStream.Request(Partition.WHOLE, null, position, 200));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Source open(String url) {
    return connectors
        .find("aha")
        .orElseThrow()
        .open(
            new ConnectionSettings(
                Map.of("baseUrl", url),
                Map.of("token", new Secret(KEY)),
                ConnectionSettings.Scope.ALL,
                Network.DIRECT,
                null));
  }
}
