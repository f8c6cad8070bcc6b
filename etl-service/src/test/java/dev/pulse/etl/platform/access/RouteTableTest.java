package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.model.EtlRoute.Reach;
import dev.pulse.model.EtlRoutes;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The table of routes that both services share is that of the controllers. */
class RouteTableTest extends EtlTest {

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping handlers;

  @Test
  void the_table_and_the_controllers_name_the_same_routes() {
    var served = new TreeSet<String>();
    handlers
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              for (var path : mapping.getPatternValues()) {
                for (var method : mapping.getMethodsCondition().getMethods()) {
                  if (path.startsWith("/api/")) served.add(method + " " + path);
                }
              }
            });
    var listed =
        EtlRoutes.list().stream()
            .map(route -> route.method() + " " + EtlRoutes.PREFIX + route.path())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(served)
        .as("a controller's route that is missing in EtlRoutes is refused to everybody")
        .isEqualTo(listed);
    assertThat(EtlRoutes.list()).doesNotHaveDuplicates();
  }

  @Test
  void what_has_the_id_of_a_job_or_a_connection_in_its_path_is_about_that_one() {
    for (var route : EtlRoutes.list()) {
      boolean named = route.path().matches("/(jobs|connections)/\\{id}.*");
      assertThat(route.reach() == Reach.CONNECTION).as("%s", route).isEqualTo(named);
    }
  }
}
