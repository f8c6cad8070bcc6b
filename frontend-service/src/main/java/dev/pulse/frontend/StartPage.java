package dev.pulse.frontend;

import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page at {@code /}: says what is here and what is not here yet. */
@RestController
class StartPage {

  private final String page;

  StartPage(EtlAddress etl) {
    this.page =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Pulse</title>
        <style>
        :root { color-scheme: light dark; font: 100%%/1.6 system-ui, sans-serif; }
        body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>Pulse</h1>
        <p>The dashboard is not built yet. The data engine, etl-service, is: it reads the systems that
        you connect into PostgreSQL.</p>
        <ul>
        <li><a href="%1$s">Its API, to read and to try</a></li>
        <li><a href="%2$s">Its health</a></li>
        </ul>
        <p>On the command line, <code>scripts/pulse status</code> shows what is running and how many
        rows each connection holds.</p>
        </main>
        </body>
        </html>
        """
            .formatted(link(etl, "/docs"), link(etl, "/health"));
  }

  @GetMapping("/")
  ResponseEntity<String> page() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_HTML)
        .cacheControl(CacheControl.maxAge(1, TimeUnit.MINUTES))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .body(page);
  }

  private static String link(EtlAddress etl, String path) {
    return HtmlUtils.htmlEscape(etl.page(path).toString());
  }
}
