package dev.pulse.local.github;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pulse.local.OfficialContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A simulated GitHub beside GitHub's own OpenAPI description. */
abstract class OfficialTest {

  protected static OfficialContract contract;

  protected GitHubSite site;

  @BeforeAll
  static void read() {
    assumeTrue(
        System.getenv("PULSE_CONTRACTS") != null,
        "skipped: PULSE_CONTRACTS names no folder with the vendors' contracts");
    contract = OfficialContract.read("github/rest.api.github.com.trimmed.json", _ -> false);
  }

  @BeforeEach
  void start() {
    site = new GitHubSite(200, 5_000);
  }

  @AfterEach
  void stop() {
    site.close();
  }
}
