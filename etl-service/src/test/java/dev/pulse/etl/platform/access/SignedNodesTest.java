package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.platform.telemetry.Collector;
import dev.pulse.etl.runs.Node;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.model.Role;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.SigningKeys;
import dev.pulse.model.signing.VisibleConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two nodes on one database that are asked by the gateway alone, started once for all tests. */
abstract class SignedNodesTest {

  /** Where both tell what they do. */
  static final Collector COLLECTOR = new Collector();

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable Pair pair;

  final JdbcClient jdbc = pair().jdbc;
  final Node a = pair().a;
  final Node b = pair().b;

  /** An administrator who sees everything. */
  final Gateway admin =
      new Gateway(
          pair()::keys,
          new Identity(
              "user:7", Role.ADMIN.permissions(), VisibleConnections.all(), "from-the-gateway-7"));

  private record Pair(Node a, Node b, JdbcClient jdbc, SigningKeys keys) {}

  private static synchronized Pair pair() {
    if (pair == null) {
      var line = SigningKeys.fresh("gateway", "g1");
      var file = "--pulse.internal.keys-file=" + keyFile(SigningKeys.receiving(line));
      var telemetry = "--pulse.telemetry.endpoint=" + COLLECTOR.url() + "/";
      var token = "--pulse.telemetry.headers.authorization=Bearer of-the-collector";
      var database = LocalPostgres.shared().freshDatabase();
      var nodes =
          List.of(
              Node.start(database, "signed", file, telemetry, token),
              Node.start(database, "signed", file, telemetry, token));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Node::close)));
      var jdbc =
          JdbcClient.create(
              new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
      pair = new Pair(nodes.get(0), nodes.get(1), jdbc, SigningKeys.of(List.of(line)));
    }
    return pair;
  }

  static Path keyFile(String lines) {
    try {
      var file = Files.createTempFile("pulse-signing", ".keys");
      Files.writeString(file, lines);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection, paused so that nothing of it runs by itself. */
  final long connect(ToyBox box) {
    var body = box.connection("Signed toys " + NAMES.incrementAndGet());
    var reply = admin.ask(a, "POST", "connections", body);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    return reply.json().path("id").asLong();
  }

  final long audited(String code) {
    return jdbc.sql(
            "select count(*) from audit_event where action = 'request.refuse' and after ->> 'code'"
                + " = ?")
        .param(code)
        .query(Long.class)
        .single();
  }
}
