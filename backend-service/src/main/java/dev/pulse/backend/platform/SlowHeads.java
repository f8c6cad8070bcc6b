package dev.pulse.backend.platform;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Ends connections over which the head of a request does not come in time. Tomcat's own timeout
 * begins anew with every byte, so that one byte now and then would hold a connection for days.
 */
@Component
class SlowHeads implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final Duration deadline;

  /** {@code pulse.http.head-deadline}: from the first byte to the empty line. */
  SlowHeads(@Value("${pulse.http.head-deadline:10s}") Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(Protocol.class.getName());
    factory.addProtocolHandlerCustomizers(
        handler -> {
          if (handler instanceof Protocol protocol) protocol.deadline = deadline.toNanos();
        });
  }

  /** Made by Tomcat, by its name. */
  public static final class Protocol extends Http11NioProtocol {

    private long deadline = Long.MAX_VALUE;
    private @Nullable ScheduledFuture<?> looking;

    @Override
    public void start() throws Exception {
      super.start();
      looking =
          getUtilityExecutor()
              .scheduleWithFixedDelay(this::endLate, 500, 500, TimeUnit.MILLISECONDS);
    }

    private void endLate() {
      for (var connection : getEndpoint().getConnections()) {
        if (isLate(connection)) endIfStillLate(connection);
      }
    }

    /** Whoever holds the lock has just got something to read. */
    private void endIfStillLate(SocketWrapperBase<NioChannel> connection) {
      if (!connection.getLock().tryLock()) return;
      try {
        if (isLate(connection)) connection.close();
      } finally {
        connection.getLock().unlock();
      }
    }

    /**
     * A connection has a processor that is not at work only in the middle of a head; or if it were
     * asynchronous, or spoke another protocol.
     */
    private boolean isLate(SocketWrapperBase<NioChannel> connection) {
      if (!(connection.getCurrentProcessor() instanceof Processor processor)) return false;
      var request = processor.getRequest();
      if (request == null || processor.isAsync() || processor.isUpgrade()) return false;
      long began = request.getStartTimeNanos(); // negative before the first byte
      return began >= 0 && System.nanoTime() - began > deadline;
    }

    @Override
    public void stop() throws Exception {
      if (looking != null) looking.cancel(false);
      super.stop();
    }
  }
}
