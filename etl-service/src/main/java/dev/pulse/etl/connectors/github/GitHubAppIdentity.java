package dev.pulse.etl.connectors.github;

/** Of an App GitHub tells the installation, with all the rights that it was given. */
final class GitHubAppIdentity implements GitHubIdentity {

  private static final String REMEDY =
      "Give the App the permission in its settings, and accept the change where it is installed.";

  private final GitHubApp app;

  GitHubAppIdentity(GitHubApp app) {
    this.app = app;
  }

  @Override
  public Whose ask() throws InterruptedException {
    var installation = app.installation();
    var missing =
        GitHubRight.ALL.stream()
            .filter(right -> !installation.has(right))
            .map(right -> right.missing(REMEDY))
            .toList();
    return new Whose(
        "App %s, installation %s".formatted(installation.slug(), installation.id()), missing);
  }
}
