package dev.pulse.backend.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes traces as a collector does: OTLP over HTTP, as protobuf. */
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();

  /**
   * A span.
   *
   * @param trace in hexadecimal, as are the ids
   * @param parent empty if there is none
   * @param attributes its own and those of the service, as text
   */
  record Seen(
      String name,
      Span.SpanKind kind,
      String trace,
      String id,
      String parent,
      boolean failed,
      Map<String, String> attributes) {

    String attribute(String key) {
      return attributes.getOrDefault(key, "");
    }
  }

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Seen> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      try (var body = new GZIPInputStream(exchange.getRequestBody())) {
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
          var service = resource.getResource().getAttributesList();
          for (var scope : resource.getScopeSpansList()) {
            for (var span : scope.getSpansList()) spans.add(seen(span, service));
          }
        }
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Seen seen(Span span, List<KeyValue> service) {
    var hex = HexFormat.of();
    return new Seen(
        span.getName(),
        span.getKind(),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getStatus().getCodeValue() == 2,
        Stream.concat(service.stream(), span.getAttributesList().stream())
            .collect(Collectors.toMap(KeyValue::getKey, Collector::text)));
  }

  private static String text(KeyValue attribute) {
    var value = attribute.getValue();
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }
}
