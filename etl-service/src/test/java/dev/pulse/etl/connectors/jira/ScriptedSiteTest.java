package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A site that answers as told, and the connector that reads it. */
abstract class ScriptedSiteTest extends EtlTest {

  static final String SECRET = "hidden-token";

  @Autowired ConnectorRegistry connectors;

  final ScriptedSite site = new ScriptedSite();
  final Partition project = new Partition("10000", "ED");

  @AfterEach
  void close() {
    site.close();
  }

  SourceFailure failureOf(String stream) {
    return catchThrowableOfType(
        SourceFailure.class, () -> read(walked(open(), stream), Partition.WHOLE, null));
  }

  static Page read(WalkedStream stream, Partition partition, @Nullable Position position)
      throws InterruptedException {
    return stream.read(
        new WalkedStream.Request(partition, null, position, stream.pageSize().initial()));
  }

  Source open() {
    return open(site.url());
  }

  Source open(String url) {
    return open(url, Map.of());
  }

  Source open(String url, Map<String, String> more) {
    var settings = new HashMap<>(Map.of("baseUrl", url, "email", "me@acme.example"));
    settings.putAll(more);
    return connectors
        .find("jira")
        .orElseThrow()
        .open(
            new ConnectionSettings(
                settings,
                Map.of("token", new Secret(SECRET)),
                ConnectionSettings.Scope.ALL,
                Network.DIRECT,
                null));
  }

  Owed debt(String issue) {
    return new Owed(issue, project, "");
  }

  static String issue() {
    return JiraIssueMapperTest.ISSUE;
  }

  static WalkedStream walked(Source source, String name) {
    return (WalkedStream) stream(source, name);
  }

  static OwedStream owed(Source source, String name) {
    return (OwedStream) stream(source, name);
  }

  static RecordStream stream(Source source, String name) {
    return source.stages().stream()
        .flatMap(List::stream)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
