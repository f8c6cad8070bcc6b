package dev.pulse.etl.platform.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: those of the public authorities, and of a connection's own. */
final class Trust {

  private Trust() {}

  static SSLContext context(Network network) {
    try {
      if (network.authorities().isEmpty()) return SSLContext.getDefault();
      var trusted = new ArrayList<X509Certificate>(publicAuthorities());
      trusted.addAll(network.authorities());
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(store(trusted)).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no TLS can be set up", e);
    }
  }

  private static List<X509Certificate> publicAuthorities() throws GeneralSecurityException {
    for (var manager : managers(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) return List.of(trust.getAcceptedIssuers());
    }
    return List.of();
  }

  private static TrustManagerFactory managers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }
}
