package dev.pulse.backend.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What etl-service has begun to say. Closing it ends the connection if the answer is not over yet,
 * from whatever thread, and lets it be used again if it is.
 */
final class EtlAnswer implements AutoCloseable {

  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;
  private final Runnable forgetDeadline;

  EtlAnswer(HttpUriRequestBase request, ClassicHttpResponse response, Runnable forgetDeadline) {
    this.request = request;
    this.response = response;
    this.forgetDeadline = forgetDeadline;
  }

  int status() {
    return response.getCode();
  }

  Optional<MediaType> type() {
    var header = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    if (header == null) return Optional.empty();
    try {
      return Optional.of(MediaType.parseMediaType(header.getValue()));
    } catch (InvalidMediaTypeException e) {
      return Optional.empty();
    }
  }

  boolean isA(MediaType wanted) {
    return type().filter(wanted::equalsTypeAndSubtype).isPresent();
  }

  /** A header that goes on to the client. */
  record Header(String name, String value) {}

  List<Header> headers() {
    var passed = new ArrayList<Header>();
    for (var header : response.getHeaders()) {
      if (HeaderRules.passes(header.getName())) {
        passed.add(new Header(header.getName(), header.getValue()));
      }
    }
    return List.copyOf(passed);
  }

  /** As it comes; at its end the connection is free again. */
  InputStream body() throws IOException {
    var entity = response.getEntity();
    return entity == null ? new ByteArrayInputStream(new byte[0]) : entity.getContent();
  }

  @Override
  public void close() {
    forgetDeadline.run();
    request.abort(); // without effect on an answer that was read to its end
    try {
      response.close();
    } catch (IOException e) {
      // what was wrong with it the reader has seen
    }
  }
}
