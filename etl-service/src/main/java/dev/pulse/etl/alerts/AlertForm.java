package dev.pulse.etl.alerts;

import dev.pulse.etl.platform.http.AddressRules;
import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.problem.Problem.FieldError;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an alert must and must not hold. */
@Component
class AlertForm {

  private final AddressRules addresses;
  private final MailChannel mail;

  AlertForm(AddressRules addresses, MailChannel mail) {
    this.addresses = addresses;
    this.mail = mail;
  }

  /**
   * Asks the name service, and so has no place in a transaction.
   *
   * @throws Problem that names each field that is wrong
   */
  void check(AlertInput input) {
    var errors =
        switch (input.channel()) {
          case WEBHOOK -> ofWebhook(input);
          case MAIL -> ofMail(input);
        };
    if (!errors.isEmpty()) throw Problem.invalid(errors, "Correct the fields named.");
  }

  private List<FieldError> ofWebhook(AlertInput input) {
    var errors = new ArrayList<FieldError>();
    if (!input.toOrNobody().isEmpty()) errors.add(new FieldError("to", "is not of a webhook"));
    var url = input.url();
    var wrong = url == null || url.isBlank() ? "is missing" : wrong(url.strip());
    if (wrong != null) errors.add(new FieldError("url", wrong));
    return errors;
  }

  private @Nullable String wrong(String url) {
    try {
      var uri = new URI(url);
      if (uri.getFragment() != null) return "has a fragment, which is never sent";
      addresses.check(uri, Network.DIRECT);
      return null;
    } catch (URISyntaxException e) {
      return "is not a URL";
    } catch (AddressRefused e) {
      return e.getMessage();
    }
  }

  private List<FieldError> ofMail(AlertInput input) {
    if (!mail.setUp()) {
      throw Problem.invalid("channel", "needs a mail server, and none is set", MailChannel.REMEDY);
    }
    var errors = new ArrayList<FieldError>();
    if (input.url() != null) errors.add(new FieldError("url", "is not of mail"));
    if (input.secret() != null) errors.add(new FieldError("secret", "is not of mail"));
    var to = input.toOrNobody();
    if (to.isEmpty()) errors.add(new FieldError("to", "is missing"));
    for (int i = 0; i < to.size(); i++) {
      if (!isAddress(to.get(i))) {
        errors.add(new FieldError("to[%d]".formatted(i), "is no mail address"));
      }
    }
    return errors;
  }

  private static boolean isAddress(String text) {
    try {
      var address = new InternetAddress(text, true);
      return text.equals(address.getAddress()) && text.contains("@");
    } catch (AddressException e) {
      return false;
    }
  }
}
