package dev.pulse.frontend.relay;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The gateway could not be asked, or has not answered; what it did is not known then. */
final class GatewayAway extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private GatewayAway(
      HttpStatusCode status, String code, String title, String remedy, Throwable cause) {
    super(status, problem(status, code, title, remedy), cause);
  }

  static GatewayAway unreachable(GatewaySettings gateway, Throwable cause) {
    return new GatewayAway(
        HttpStatus.SERVICE_UNAVAILABLE,
        "GATEWAY_DOWN",
        "Pulse's gateway does not answer",
        "Start backend-service, or set pulse.gateway.url: it is " + gateway.url() + ".",
        cause);
  }

  static GatewayAway late(Throwable cause) {
    return new GatewayAway(
        HttpStatus.GATEWAY_TIMEOUT,
        "GATEWAY_LATE",
        "Pulse's gateway takes too long",
        "Look whether what was asked for has happened, then try again.",
        cause);
  }

  private static ProblemDetail problem(
      HttpStatusCode status, String code, String title, String remedy) {
    var problem = ProblemDetail.forStatus(status);
    problem.setTitle(title);
    problem.setDetail("The dashboard is here, but what it shows comes from the gateway.");
    problem.setProperty("code", code);
    problem.setProperty("remedy", remedy);
    return problem;
  }
}
