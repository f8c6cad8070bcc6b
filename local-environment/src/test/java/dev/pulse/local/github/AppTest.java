package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An App has to prove itself, and its tokens allow what it was given. */
class AppTest {

  private static final String PATH = "/orgs/acme/installation";

  private final Simulator simulator = Simulator.start(new World(7, 200, Clock.systemUTC()), 0);
  private final GitHubAppApi app = simulator.source(GitHubAppApi.class);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    simulator.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RS256, 12345, -60, 480, 200",
    "RS256, Iv23liDemoDemoDemo01, -60, 600, 200",
    "HS256, 12345, -60, 480, 401",
    "none, 12345, -60, 480, 401",
    "RS256, 999, -60, 480, 404",
    "RS256, 12345, 90, 480, 401",
    "RS256, 12345, -900, -300, 401",
    "RS256, 12345, -60, 700, 401",
  })
  void a_token_that_the_key_signed_is_judged_by_what_it_says(
      String algorithm, String issuer, long issued, long ends, int status) throws Exception {
    var token = token(app.privateKeyInPkcs8(), algorithm, issuer, issued, ends);

    assertThat(get(PATH, token).statusCode()).isEqualTo(status);
  }

  @Test
  void a_token_that_another_key_signed_is_refused() throws Exception {
    var token = good();
    app.replaceKey();

    var answer = get(PATH, token);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("A JSON web token could not be decoded");
  }

  @Test
  void no_such_token_reads_data_and_no_other_asks_for_the_app() throws Exception {
    assertThat(get("/orgs/acme/repos", good()).statusCode()).isEqualTo(401);
    assertThat(get(PATH, Simulator.TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/orgs/acme/repos", Simulator.TOKEN).statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_of_the_installation_reads_until_it_ends() throws Exception {
    var token = installationToken("{}");

    assertThat(get("/orgs/acme/repos", token).statusCode()).isEqualTo(200);
    assertThat(get("/user", token).statusCode()).isEqualTo(403);
    app.endTokens();
    assertThat(get("/orgs/acme/repos", token).statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_has_an_end() throws Exception {
    app.tokensHoldFor(Duration.ZERO);

    assertThat(get("/orgs/acme/repos", installationToken("{}")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_may_do_what_it_was_made_for() throws Exception {
    var token = installationToken("{\"permissions\":{\"metadata\":\"read\"}}");

    var refused = get("/orgs/acme/members", token);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("X-Accepted-GitHub-Permissions"))
        .contains("members=read");
    var query =
        "{\"query\":\"{organization(login:\\\"acme\\\"){login"
            + " membersWithRole(first:1){totalCount}}}\"}";
    assertThat(post("/graphql", token, query).body())
        .contains("\"type\":\"FORBIDDEN\"", "membersWithRole", "\"organization\":null");
    assertThat(post("/graphql", installationToken("{}"), query).body()).doesNotContain("errors");
  }

  @Test
  void nobody_is_given_more_than_the_installation_has() throws Exception {
    app.grant("issues", false);
    var path = "/app/installations/" + app.installationId() + "/access_tokens";

    var answer = post(path, good(), "{\"permissions\":{\"issues\":\"read\"}}");

    assertThat(answer.statusCode()).isEqualTo(422);
  }

  private String good() throws Exception {
    return token(app.privateKeyInPkcs8(), "RS256", "12345", -60, 480);
  }

  private String installationToken(String body) throws Exception {
    var path = "/app/installations/" + app.installationId() + "/access_tokens";
    var answer = post(path, good(), body);
    assertThat(answer.statusCode()).isEqualTo(201);
    return GitHubSite.JSON.readTree(answer.body()).path("token").asString();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return http.send(request(path, token).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return http.send(
        request(path, token).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(simulator.url("github-app") + path))
        .header("Authorization", "Bearer " + token);
  }

  private static String token(String pem, String algorithm, String issuer, long issued, long ends)
      throws Exception {
    long now = Instant.now().getEpochSecond();
    var signed =
        url("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm))
            + "."
            + url(
                GitHubSite.JSON.writeValueAsString(
                    Map.of("iss", issuer, "iat", now + issued, "exp", now + ends)));
    var signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(key(pem));
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
  }

  private static String url(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static PrivateKey key(String pem) throws Exception {
    var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
