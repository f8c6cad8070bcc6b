package dev.pulse.etl.connectors.github;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** The first repository of a world that does not stand still while it is read. */
abstract class MovingRepositoryTest extends EtlTest {

  @Autowired ConnectorRegistry connectors;

  protected final World world;
  private final Simulator simulator;
  protected Source source;
  protected Partition repository;

  MovingRepositoryTest(World world) {
    this.world = world;
    simulator = Simulator.start(world, 0);
  }

  @BeforeEach
  void open() throws InterruptedException {
    source =
        connectors
            .find("github")
            .orElseThrow()
            .open(
                new ConnectionSettings(
                    Map.of(
                        "baseUrl", simulator.url("github").toString(),
                        "organization", world.organization()),
                    Map.of("token", new Secret(Simulator.TOKEN)),
                    ConnectionSettings.Scope.ALL,
                    Network.DIRECT,
                    null));
    var name = world.repository(0).fullName();
    repository =
        source.discover("", 100).stream()
            .filter(element -> element.name().equals(name))
            .map(Partition::of)
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void close() {
    source.close();
    simulator.close();
  }
}
