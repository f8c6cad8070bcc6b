package dev.pulse.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that one may do. Its key, such as {@code jobs:control}, is what travels. */
public enum Permission {
  ITEMS_READ,
  ITEMS_EXPORT,
  JOBS_READ,
  JOBS_CONTROL,
  LOGS_READ,
  CONNECTIONS_READ,
  CONNECTIONS_WRITE,
  CHECKPOINTS_WRITE,
  QUARANTINE_WRITE,
  MAPPINGS_WRITE,
  LINKS_WRITE,
  EXCLUSIONS_WRITE,
  USERS_WRITE,
  ROLES_WRITE,
  AUDIT_READ,
  SETTINGS_WRITE;

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', ':');

  public String key() {
    return key;
  }

  public static Optional<Permission> find(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }
}
