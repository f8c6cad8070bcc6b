package dev.pulse.backend.gateway;

import dev.pulse.backend.platform.AnswerBrokeOff;
import dev.pulse.backend.platform.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hands on to the client what etl-service has said, as it comes. */
@Component
class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private static final int PART = 16 * 1024;
  private static final int LARGEST_PROBLEM = 256 * 1024;

  /**
   * The answer of etl-service, which is closed as soon as it has been handed on.
   *
   * @param then what to do after that, in any case
   * @throws Problem 502 if it is none that makes sense
   */
  ServerResponse answer(ServerRequest asked, EtlAnswer answer, Runnable then) {
    var handedOn = false;
    try {
      if (answer.isA(MediaType.APPLICATION_PROBLEM_JSON)) return translated(asked, answer);
      if (answer.status() == 401) throw refused(answer);
      if (answer.status() < 200 || answer.status() > 299) throw strange(answer);
      handedOn = true;
      return ServerResponse.status(HttpStatusCode.valueOf(answer.status()))
          .headers(
              headers -> answer.headers().forEach(each -> headers.add(each.name(), each.value())))
          .build(
              (_, response) -> {
                try {
                  copy(answer, response);
                } finally {
                  answer.close();
                  then.run();
                }
                return null;
              });
    } finally {
      if (!handedOn) {
        answer.close();
        then.run();
      }
    }
  }

  /** The same problem, under the path by which the client knows what it asked for. */
  private ServerResponse translated(ServerRequest asked, EtlAnswer answer) {
    var problem = problem(answer);
    problem.put("instance", asked.servletRequest().getRequestURI());
    var told = JsonMapper.shared().writeValueAsBytes(problem);
    return ServerResponse.status(HttpStatusCode.valueOf(answer.status()))
        .headers(
            headers -> {
              answer.headers().forEach(each -> headers.add(each.name(), each.value()));
              headers.setContentLength(told.length);
            })
        .build(
            (_, response) -> {
              response.getOutputStream().write(told);
              return null;
            });
  }

  /**
   * What etl-service says is wrong.
   *
   * @throws Problem 502 if it says nothing that makes sense, or of the gateway itself
   */
  static ObjectNode problem(EtlAnswer answer) {
    var problem = read(answer).orElseThrow(() -> strange(answer));
    var code = problem.path("code").asString("");
    if (answer.status() == 401 || code.equals("FOREIGN_ADDRESS")) throw refused(answer);
    return problem;
  }

  private static Optional<ObjectNode> read(EtlAnswer answer) {
    try {
      var bytes = answer.body().readNBytes(LARGEST_PROBLEM + 1);
      if (bytes.length == 0) return Optional.of(JsonMapper.shared().createObjectNode()); // to HEAD
      if (bytes.length > LARGEST_PROBLEM) return Optional.empty();
      return JsonMapper.shared().readTree(bytes) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  static Problem refused(EtlAnswer answer) {
    log.error("etl-service has refused a request of the gateway itself ({})", answer.status());
    return Upstream.refusesGateway();
  }

  static Problem strange(EtlAnswer answer) {
    log.error("etl-service has answered {} with {}", answer.status(), answer.type());
    return Upstream.unintelligible();
  }

  /** A client that goes is nothing to tell anybody; an answer that breaks off must be seen to. */
  private static void copy(EtlAnswer answer, HttpServletResponse response) {
    var part = new byte[PART];
    while (true) {
      int got;
      try {
        got = answer.body().read(part);
      } catch (IOException e) {
        log.warn("An answer of etl-service broke off: {}", e.toString());
        if (response.isCommitted()) throw new AnswerBrokeOff(e);
        response.resetBuffer();
        response.setContentLengthLong(-1);
        throw Upstream.unintelligible();
      }
      if (got < 0) return;
      try {
        response.getOutputStream().write(part, 0, got);
      } catch (IOException e) {
        log.debug("The client has gone", e);
        return;
      }
    }
  }
}
