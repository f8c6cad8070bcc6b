package dev.pulse.backend.platform;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where spans go: to a collector, or nowhere. */
@Configuration
@EnableConfigurationProperties(TelemetrySettings.class)
class Telemetry {

  private static final int LONGEST_VALUE = 500;

  @Bean
  TracerProvider tracerProvider(
      TelemetrySettings settings,
      @Value("${spring.application.name}") String service,
      @Value("${pulse.node:${HOSTNAME:local}}") String node) {
    var endpoint = settings.endpoint();
    if (endpoint == null) return TracerProvider.noop();
    var resource =
        Attributes.builder().put("service.name", service).put("service.instance.id", node).build();
    return SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(Resource.create(resource)))
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampling())))
        .setSpanLimits(
            SpanLimits.getDefault().toBuilder().setMaxAttributeValueLength(LONGEST_VALUE).build())
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter(endpoint, settings))
                .setExporterTimeout(settings.timeout())
                .build())
        .build();
  }

  @Bean
  Tracer tracer(TracerProvider provider) {
    return provider.get("pulse");
  }

  private static OtlpHttpSpanExporter exporter(String endpoint, TelemetrySettings settings) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces")
            .setTimeout(settings.timeout())
            .setCompression("gzip");
    settings.headers().forEach((name, value) -> exporter.addHeader(name, value));
    return exporter.build();
  }
}
