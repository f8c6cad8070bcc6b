package dev.pulse.backend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.model.Role;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What nobody has asked for is refused and named, in every body and every query. */
class UnknownFieldsTest extends BackendTest {

  @Test
  void no_body_takes_a_field_that_is_not_its_own() {
    var admin = signedIn(Role.ADMIN);
    var tried = new TreeSet<String>();
    var described = admin.get("/v3/api-docs").json();
    for (var route : Routes.own()) {
      var path = route.path().getPatternString();
      var method = route.method().name();
      var operation = described.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
      if (!operation.has("requestBody")) continue;
      var own = fields(described, operation);
      for (var field : new String[] {"tenantId", "userId", "role", "permissions", "__proto__"}) {
        if (own.contains(field)) continue;
        var reply =
            admin.copy().send(method, path.replace("{id}", "999999"), "{\"" + field + "\":1}");

        assertThat(reply.status()).as("%s %s %s", method, path, field).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo(field);
        tried.add(method + " " + path);
      }
    }
    assertThat(tried).contains("POST /api/users", "PUT /api/users/{id}", "POST /api/auth/login");
  }

  @Test
  void no_query_takes_a_parameter_that_is_not_its_own_or_one_twice() {
    var admin = signedIn(Role.ADMIN);
    for (var path : new String[] {"/api/users", "/api/audit", "/api/roles", "/api/sessions"}) {
      var unknown = admin.get(path + "?role=ADMIN");
      assertThat(unknown.status()).as(path).isEqualTo(400);
      assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("role");
    }
    assertThat(admin.get("/api/users?limit=1&limit=2").status()).isEqualTo(400);
    assertThat(admin.get("/api/users?" + "a=1&".repeat(200)).status()).isEqualTo(400);
  }

  @Test
  void what_looks_like_sql_is_text() {
    var admin = signedIn(Role.ADMIN);
    for (var text :
        new String[] {"'", "1%20or%201=1", "1;drop%20table%20x", "%27--", "1e9", "%22"}) {
      for (var path : new String[] {"/api/users", "/api/audit"}) {
        assertThat(admin.get(path + "?limit=" + text).status()).as(text).isEqualTo(400);
        assertThat(admin.get(path + "?cursor=" + text).status()).as(text).isIn(200, 400);
      }
      assertThat(admin.get("/api/users/" + text).status()).as(text).isIn(400, 404);
    }
  }

  private static Collection<String> fields(JsonNode described, JsonNode operation) {
    var schema = operation.at("/requestBody/content/application~1json/schema");
    var name = schema.path("$ref").asString("").replaceFirst(".*/", "");
    return described.at("/components/schemas/" + name + "/properties").propertyNames();
  }
}
