package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Routes;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Which requests go to etl-service: those of the table, and no other, whoever let them in. */
@Configuration
class EtlRouting {

  static final String EVENTS = Routes.ETL + "/events";

  @Bean
  RouterFunction<ServerResponse> etlRoutes(EventStreams streams) {
    return GatewayRouterFunctions.route("etl-events")
        .route(EtlRouting::listens, streams::open)
        .build()
        .and(
            GatewayRouterFunctions.route("etl")
                .route(EtlRouting::isListed, HandlerFunctions.http())
                .build());
  }

  private static boolean listens(ServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.servletRequest().getRequestURI().equals(EVENTS);
  }

  private static boolean isListed(ServerRequest request) {
    return Routes.isOfEtl(request.method().name(), request.servletRequest().getRequestURI());
  }
}
