package dev.pulse.backend.platform;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Ends connections whose body was answered without being read, as refusals are, and does not come
 * soon. Tomcat would wait for the rest as long as there is a byte now and then.
 */
@Component
class UnreadBodies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(new Rest());
  }

  private static final class Rest extends ValveBase {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int MOST = 1024 * 1024;

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (request.isAsync() || isRead(request)) return;
      response.finishResponse();
      if (!comes(request)) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
      }
    }

    private static boolean isRead(Request request) {
      var read = new AtomicBoolean();
      request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
      return read.get();
    }

    /** Whoever is still sending hears the answer only if the connection lasts until then. */
    private static boolean comes(Request request) {
      long until = System.nanoTime() + SOON.toNanos();
      var body = request.getCoyoteRequest(); // of the request itself the stream is closed by now
      var part = new Part();
      try {
        int all = 0;
        for (int got = body.doRead(part); got >= 0; got = body.doRead(part)) {
          all += got;
          if (all > MOST || System.nanoTime() - until > 0) return false;
        }
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** What Tomcat has just read. */
  private static final class Part implements ApplicationBufferHandler {

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer read) {
      bytes = read;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // it is never written to
    }
  }
}
