package dev.pulse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolesTest {

  @Test
  void a_permission_is_known_by_its_key() {
    assertThat(Permission.JOBS_CONTROL.key()).isEqualTo("jobs:control");
    assertThat(Permission.find("jobs:control")).contains(Permission.JOBS_CONTROL);
    assertThat(Permission.find("JOBS_CONTROL")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void every_role_may_what_a_viewer_may_and_no_more_than_an_administrator(Role role) {
    assertThat(role.permissions()).containsAll(Role.VIEWER.permissions());
    assertThat(Role.ADMIN.permissions()).containsAll(role.permissions());
  }

  @Test
  void the_roles_are_those_of_the_contract() {
    assertThat(keys(Role.VIEWER))
        .containsExactlyInAnyOrder("items:read", "jobs:read", "connections:read");
    assertThat(keys(Role.OPERATOR))
        .containsExactlyInAnyOrder(
            "items:read",
            "jobs:read",
            "connections:read",
            "jobs:control",
            "logs:read",
            "quarantine:write");
    assertThat(keys(Role.ANALYST))
        .containsExactlyInAnyOrder(
            "items:read",
            "jobs:read",
            "connections:read",
            "items:export",
            "mappings:write",
            "links:write",
            "exclusions:write");
    assertThat(Role.ADMIN.permissions()).containsExactlyInAnyOrder(Permission.values());
  }

  @Test
  void a_kind_of_problem_has_an_address_made_of_its_code() {
    assertThat(ProblemKind.CHANGED_MEANWHILE.type()).isEqualTo("/problems/changed-meanwhile");
    assertThatThrownBy(() -> new ProblemKind(200, "FINE", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<String> keys(Role role) {
    return role.permissions().stream().map(Permission::key).collect(Collectors.toSet());
  }
}
