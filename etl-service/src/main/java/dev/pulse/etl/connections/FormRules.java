package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.platform.http.AddressRules;
import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.http.Network.InvalidNetwork;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.problem.Problem.FieldError;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a filled-in form must and must not hold, whatever the connector. */
@Component
class FormRules {

  static final String ENTER_IT =
      "Enter it; after a change of the address it must be entered again.";

  /** The password of a connection's proxy, which every connector may have. */
  static final String PROXY_PASSWORD = "proxyPassword";

  private final AddressRules addresses;

  FormRules(AddressRules addresses) {
    this.addresses = addresses;
  }

  /**
   * The settings as they are to be saved. Asks the name service, and so has no place in a
   * transaction.
   *
   * @throws Problem that names each field that is wrong
   */
  Map<String, String> valid(ConnectionForm form, ConnectionInput input) {
    var settings = new HashMap<String, String>();
    var errors = new ArrayList<FieldError>();
    var network = network(input.networkOrDirect(), null);
    refuseUnknown(form, input, errors);
    for (var field : form.fields()) {
      if (field.type() == FieldType.SECRET || field.type() == FieldType.SCOPE) continue;
      var given = input.settingsOrNone().get(field.name());
      var value = given == null || given.isBlank() ? field.defaultValue() : given.strip();
      if (value == null) {
        if (field.required()) errors.add(error("settings." + field.name(), "is missing"));
        continue;
      }
      if (field.type() == FieldType.URL)
        checkUrl("settings." + field.name(), value, network, errors);
      if (field.type() == FieldType.SELECT && !field.options().contains(value)) {
        errors.add(error("settings." + field.name(), "is none of " + field.options()));
      }
      settings.put(field.name(), value);
    }
    if (!errors.isEmpty()) throw Problem.invalid(errors, "Correct the fields named.");
    return settings;
  }

  private void checkUrl(String field, String value, Network network, List<FieldError> errors) {
    try {
      addresses.check(new URI(value), network);
    } catch (URISyntaxException e) {
      errors.add(error(field, "is not a URL"));
    } catch (AddressRefused e) {
      errors.add(error(field, String.valueOf(e.getMessage())));
    }
  }

  static Network network(Map<String, String> network, @Nullable Secret proxyPassword) {
    try {
      return Network.of(network.get("proxy"), proxyPassword, network.get("caCertificate"));
    } catch (InvalidNetwork e) {
      throw new InvalidSetting(
          "network." + e.field(), String.valueOf(e.getMessage()), "Correct it, or leave it out.");
    }
  }

  private static void refuseUnknown(
      ConnectionForm form, ConnectionInput input, List<FieldError> errors) {
    input.settingsOrNone().keySet().stream()
        .filter(name -> form.fields().stream().noneMatch(each -> is(each, name, false)))
        .forEach(name -> errors.add(error("settings." + name, "is not a setting of it")));
    input.secretsOrNone().keySet().stream()
        .filter(name -> !name.equals(PROXY_PASSWORD))
        .filter(name -> form.fields().stream().noneMatch(each -> is(each, name, true)))
        .forEach(name -> errors.add(error("secrets." + name, "is not a secret of it")));
  }

  private static boolean is(ConnectionForm.Field field, String name, boolean secret) {
    return field.name().equals(name) && (field.type() == FieldType.SECRET) == secret;
  }

  static void requireSecrets(ConnectionForm form, Predicate<String> present) {
    var missing =
        form.fields().stream()
            .filter(each -> each.type() == FieldType.SECRET && each.required())
            .filter(each -> !present.test(each.name()))
            .map(each -> error("secrets." + each.name(), "is missing"))
            .toList();
    if (!missing.isEmpty()) {
      throw Problem.invalid(missing, ENTER_IT);
    }
  }

  private static FieldError error(String field, String message) {
    return new FieldError(field, message);
  }
}
