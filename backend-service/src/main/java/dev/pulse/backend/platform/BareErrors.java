package dev.pulse.backend.platform;

import dev.pulse.model.ProblemKind;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before any filter sees it gets the shape of all other problems. */
@Component
class BareErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReport.class.getName());
          }
        });
  }

  /** Made by Tomcat, by its name. */
  public static final class ProblemReport extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReport.class);

    private static final ProblemKind MALFORMED =
        new ProblemKind(
            400,
            "MALFORMED_REQUEST",
            "The request is not well-formed",
            "Send a request as RFC 9110 and RFC 9112 describe it.");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
      if (!response.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      if (failure != null) log.error("A request failed outside of the service", failure);
      var kind = response.getStatus() < 500 ? MALFORMED : ProblemKind.INTERNAL;
      SecurityHeaders.writeAlways(response::setHeader);
      response.setContentType("application/problem+json");
      try {
        response
            .getReporter()
            .write(
                JsonMapper.shared()
                    .writeValueAsString(
                        Map.of(
                            "type", kind.type(),
                            "title", kind.title(),
                            "status", response.getStatus(),
                            "detail", "The server could not read it.",
                            "code", kind.code(),
                            "remedy", kind.remedy(),
                            "requestId", "")));
      } catch (IOException | IllegalStateException gone) {
        log.debug("The client has gone", gone);
      }
    }
  }
}
