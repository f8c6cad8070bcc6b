package dev.pulse.etl.platform;

import dev.pulse.model.ProblemKind;
import java.io.IOException;
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

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
      if (!response.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      boolean ours = response.getStatus() >= 500 && response.getStatus() != 501;
      if (ours && failure != null) log.error("A request failed outside of the service", failure);
      var kind = ours ? ProblemKind.INTERNAL : BareProblem.MALFORMED;
      response.setContentType(BareProblem.TYPE);
      try {
        response
            .getReporter()
            .write(BareProblem.json(kind, response.getStatus(), "The server could not read it."));
      } catch (IOException | IllegalStateException gone) {
        log.debug("The client has gone", gone);
      }
    }
  }
}
