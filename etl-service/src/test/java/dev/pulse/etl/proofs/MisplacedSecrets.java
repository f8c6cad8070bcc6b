package dev.pulse.etl.proofs;

import java.util.List;

/** Requests with secrets where none belong, by people and programs that err. */
final class MisplacedSecrets {

  private static final List<String> BODIES =
      List.of(
          jira("\"settings\":{\"token\":\"SECRET\"}"),
          jira("\"settings\":{\"baseUrl\":\"https://u:SECRET@a.example\",\"email\":\"e\"}"),
          jira("\"settings\":{\"baseUrl\":\"https://a.example?t=SECRET\",\"email\":\"e\"}"),
          jira("\"settings\":{\"baseUrl\":\"SECRET\",\"email\":\"e\"}"),
          jira("\"secrets\":{\"tokens\":\"SECRET\"}"),
          jira("\"secrets\":\"SECRET\""),
          jira("\"secrets\":{\"token\":[\"SECRET\"]}"),
          jira("\"token\":\"SECRET\""),
          jira("\"startFrom\":\"SECRET\""),
          jira("\"network\":{\"proxy\":\"http://u:SECRET@127.0.0.1:1\"}"),
          jira("\"network\":{\"proxy\":\"SECRET\"}"),
          jira("\"network\":{\"caCertificate\":\"SECRET\"}"),
          "{\"connector\":\"SECRET\",\"name\":\"n\"}",
          "{\"connector\":\"github-app\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"http://127.0.0.1:9\","
              + "\"organization\":\"o\",\"appId\":\"1\"},\"secrets\":{\"privateKey\":\"SECRET\"}}",
          "{\"name\":\"SECRET",
          "{\"name\":SECRET}",
          "SECRET",
          "\"SECRET\"",
          "{\"reason\":[\"SECRET\"]}");

  private MisplacedSecrets() {}

  static void send(Told told, Canaries canaries) {
    var secret = canaries.plant("a secret in a wrong place");
    for (var body : BODIES) {
      for (var path : List.of("connections", "connections/check", "alerts", "jobs/1/start")) {
        told.json("POST", "api/v1/" + path, body.replace("SECRET", secret));
      }
    }
    for (var path :
        List.of("jobs?token=", "jobs?limit=", "runs?sort=", "runs?cursor=", "nothing?token=")) {
      told.json("GET", "api/v1/" + path + canaries.plant("a token in a query"), "");
    }
    told.signedWith(canaries.plant("a token in a header"));
  }

  private static String jira(String more) {
    return "{\"connector\":\"jira\",\"name\":\"n\",%s}".formatted(more);
  }
}
