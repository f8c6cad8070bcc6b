package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.problem.Problem.FieldError;
import java.util.List;
import java.util.function.Predicate;

/** What a filled-in form must and must not hold, whatever the connector. */
final class FormRules {

  static final String ENTER_IT =
      "Enter it; after a change of the address it must be entered again.";

  private FormRules() {}

  /** The password of a connection's proxy, which every connector may have. */
  static final String PROXY_PASSWORD = "proxyPassword";

  static void refuseUnknown(ConnectionForm form, ConnectionInput input, List<FieldError> errors) {
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

  static FieldError error(String field, String message) {
    return new FieldError(field, message);
  }
}
