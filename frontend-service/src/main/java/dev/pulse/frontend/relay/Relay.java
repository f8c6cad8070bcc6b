package dev.pulse.frontend.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Hands requests for {@code /api} on to the gateway and its answers back, piece by piece as they
 * come: events reach the browser at once, and nothing is held in memory. Who may what is the
 * gateway's business alone.
 */
@Controller
class Relay {

  /** A path that everybody on the way reads the same. */
  private static final Pattern PLAIN =
      Pattern.compile("/api(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9a-fA-F]{2})+)+/?");

  private static final Pattern DISGUISED = Pattern.compile("%(2[efEF]|5[cC]|3[bB]|25|00)");
  private static final Pattern PLAIN_QUERY =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-fA-F]{2})*");
  private static final int PIECE = 16 * 1024;

  private final GatewaySettings gateway;
  private final HttpClient http;

  Relay(GatewaySettings gateway) {
    this.gateway = gateway;
    this.http =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(gateway.connectTimeout())
            .build();
  }

  @RequestMapping("/api/**")
  void relay(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var answer = ask(request);
    try (var body = answer.body()) {
      response.setStatus(answer.statusCode());
      answer.headers().map().forEach((name, values) -> pass(name, values, response));
      stream(body, response);
    }
  }

  private HttpResponse<InputStream> ask(HttpServletRequest request) throws IOException {
    var asked =
        HttpRequest.newBuilder(gateway.of(target(request)))
            .method(request.getMethod(), body(request))
            .timeout(gateway.answerTimeout());
    PassedHeaders.ask(request, asked);
    asked.header("X-Request-Id", MDC.get("request"));
    try {
      return http.send(asked.build(), BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      if (e instanceof HttpConnectTimeoutException) {
        throw GatewayAway.unreachable(gateway, e);
      }
      throw GatewayAway.late(e);
    } catch (IOException e) {
      throw GatewayAway.unreachable(gateway, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GatewayAway.unreachable(gateway, e);
    }
  }

  private static String target(HttpServletRequest request) {
    var path = request.getRequestURI();
    if (path.equals("/api") || path.equals("/api/")) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    if (!PLAIN.matcher(path).matches() || DISGUISED.matcher(path).find()) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The path is not a plain one.");
    }
    var query = request.getQueryString();
    if (query == null) return path;
    if (!PLAIN_QUERY.matcher(query).matches()) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The query is not encoded.");
    }
    return path + "?" + query;
  }

  private static BodyPublisher body(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return BodyPublishers.noBody();
    }
    var content = request.getInputStream();
    var publisher = BodyPublishers.ofInputStream(() -> content);
    return length < 0 ? publisher : BodyPublishers.fromPublisher(publisher, length);
  }

  private static void pass(String name, List<String> values, HttpServletResponse response) {
    if (!PassedHeaders.answers(name)) return;
    // The gateway's own headers of protection take the place of those for pages.
    response.setHeader(name, values.getFirst());
    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
  }

  private static void stream(InputStream body, HttpServletResponse response) throws IOException {
    var out = response.getOutputStream();
    var piece = new byte[PIECE];
    response.flushBuffer();
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      out.write(piece, 0, read);
      out.flush();
    }
  }
}
