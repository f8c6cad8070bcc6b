package dev.pulse.backend.platform;

import java.net.URI;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Under which address people reach Pulse, and whether their way there is protected. */
@Component
public class PublicAddress {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI url;
  private final boolean insecureAllowed;

  /**
   * Reads the settings.
   *
   * @param url {@code pulse.public-url}, scheme and host as they stand in the browser
   * @param insecureAllowed {@code pulse.allow-insecure-http}: passwords may cross the network in
   *     clear
   */
  PublicAddress(
      @Value("${pulse.public-url:http://localhost:3000}") URI url,
      @Value("${pulse.allow-insecure-http:false}") boolean insecureAllowed) {
    if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
      throw new NotStartable("pulse.public-url is " + url + "; set it to https://your.host");
    }
    this.url = url;
    this.insecureAllowed = insecureAllowed;
  }

  public boolean usesTls() {
    return url.getScheme().equals("https");
  }

  /** Whether a browser may sign in: what it sends must not be readable on its way. */
  public boolean allowsLogin() {
    return insecureAllowed || usesTls() || THIS_MACHINE.contains(url.getHost());
  }

  /** Whether everybody on the way can read what people send; to be shown on every page. */
  public boolean insecure() {
    return !usesTls() && !THIS_MACHINE.contains(url.getHost());
  }

  /**
   * The address of a page.
   *
   * @param path such as {@code /welcome}
   */
  public URI page(String path) {
    return url.resolve(path);
  }
}
