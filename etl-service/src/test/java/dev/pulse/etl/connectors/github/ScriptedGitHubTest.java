package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A GitHub that answers as told, and the connector that reads it. */
abstract class ScriptedGitHubTest extends EtlTest {

  static final Partition REPOSITORY = new Partition("R_1", "acme/shop");

  @Autowired ConnectorRegistry connectors;

  final ScriptedGitHub github = new ScriptedGitHub();
  final String token = "hidden-" + UUID.randomUUID();

  @AfterEach
  void close() {
    github.close();
  }

  Source open() {
    return connectors
        .find("github")
        .orElseThrow()
        .open(
            new ConnectionSettings(
                Map.of("baseUrl", github.url(), "organization", "acme"),
                Map.of("token", new Secret(token)),
                ConnectionSettings.Scope.ALL,
                Network.DIRECT,
                null));
  }

  Page read(String stream, @Nullable Position position, int size) throws InterruptedException {
    return walked(stream).read(new WalkedStream.Request(REPOSITORY, null, position, size));
  }

  SourceFailure failureOf(String stream) {
    return catchThrowableOfType(SourceFailure.class, () -> read(stream, null, 50));
  }

  WalkedStream walked(String name) {
    return (WalkedStream) stream(name);
  }

  Page pay(String pull) throws InterruptedException {
    return ((OwedStream) stream("pull_request_children"))
        .read(List.of(new OwedStream.Owed(pull, REPOSITORY, "{\"commits\":\"c100\"}")), null);
  }

  RecordStream stream(String name) {
    return open().stages().stream()
        .flatMap(List::stream)
        .filter(stream -> stream.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
