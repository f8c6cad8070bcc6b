package dev.pulse.model.signing;

import dev.pulse.model.Permission;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * For whom a request is sent, and what that one may do and see at this moment.
 *
 * @param subject stable name for the audit, such as {@code user:7} or {@code user:7/token:3}
 * @param requestId the same in the logs of all services
 */
public record Identity(
    String subject, Set<Permission> permissions, VisibleConnections connections, String requestId) {

  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9:/_.@-]{1,200}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String NONE = "none";

  public Identity {
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException("no subject: " + subject);
    }
    if (!REQUEST_ID.matcher(requestId).matches()) {
      throw new IllegalArgumentException("no request id: " + requestId);
    }
    var all = EnumSet.noneOf(Permission.class);
    all.addAll(permissions);
    permissions = Collections.unmodifiableSet(all);
  }

  /** The permissions as they stand in the header: {@code items:read,jobs:read} or {@code none}. */
  String permissionsText() {
    return permissions.isEmpty()
        ? NONE
        : permissions.stream().map(Permission::key).collect(Collectors.joining(","));
  }

  /** A permission that this version does not know gives nothing: the sender may be newer. */
  static Set<Permission> permissions(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(Permission::find)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }
}
