package dev.pulse.backend.gateway;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Leaves a request as it is. Spring Cloud Gateway's own would decode and encode the query, and fail
 * for what it cannot encode again.
 */
@Component
class EtlRequests extends ProxyExchangeHandlerFunction {

  private final ProxyExchange exchange;

  EtlRequests(
      ProxyExchange exchange,
      ObjectProvider<RequestHttpHeadersFilter> requestHeaders,
      ObjectProvider<ResponseHttpHeadersFilter> answerHeaders) {
    super(exchange, requestHeaders, answerHeaders);
    this.exchange = exchange;
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    return exchange.exchange(exchange.request(request).build());
  }
}
