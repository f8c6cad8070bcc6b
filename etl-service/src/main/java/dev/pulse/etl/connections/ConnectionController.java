package dev.pulse.etl.connections;

import dev.pulse.etl.connections.Connections.Opened;
import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.problem.Problem.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connections over REST. */
@RestController
@Tag(name = ApiTags.CONNECTIONS)
@RequestMapping("/api/v1")
class ConnectionController {

  private final Connections connections;
  private final ConnectorRegistry connectors;

  ConnectionController(Connections connections, ConnectorRegistry connectors) {
    this.connections = connections;
    this.connectors = connectors;
  }

  record ConnectorView(String id, String label, ConnectionForm form) {}

  /**
   * A connection without its secrets.
   *
   * @param secrets which are saved
   * @param version to be sent back with a change: somebody else's change meanwhile is then noticed
   */
  record ConnectionView(
      long id,
      String connector,
      String name,
      Map<String, String> settings,
      Map<String, Boolean> secrets,
      ConnectionInput.ScopeInput scope,
      ConnectionInput.NetworkInput network,
      @Nullable Instant startFrom,
      long version,
      Instant createdAt) {}

  record CheckView(
      boolean works,
      @Nullable String account,
      @Nullable String product,
      List<CheckResult.MissingRight> missing) {}

  /**
   * What the first sync will take; all zero if the source does not tell.
   *
   * @param diskBytes in the database, indexes included
   */
  record EstimateView(
      List<Expected> streams, long records, long rows, long requests, long diskBytes) {

    /** A row with its indexes, as measured; long texts make it more. */
    private static final long BYTES_PER_ROW = 500;

    static EstimateView of(List<Expected> streams) {
      long rows = streams.stream().mapToLong(Expected::rows).sum();
      return new EstimateView(
          streams,
          streams.stream().mapToLong(Expected::records).sum(),
          rows,
          streams.stream().mapToLong(Expected::requests).sum(),
          rows * BYTES_PER_ROW);
    }
  }

  @Operation(summary = "Which sources Pulse can read, with the form of each")
  @GetMapping("/connectors")
  Listed<ConnectorView> connectors(
      @Paged(by = ConnectorSort.class, sort = "label", limit = 200) Keyset<Connector> page) {
    return page.of(connectors.all())
        .map(each -> new ConnectorView(each.id(), each.label(), each.form()));
  }

  @Operation(summary = "All connections, without their secrets")
  @GetMapping("/connections")
  Listed<ConnectionView> list(@Paged(by = ConnectionSort.class) Keyset<Connection> page) {
    return page.of(connections.all()).map(ConnectionController::view);
  }

  @Operation(summary = "One connection")
  @GetMapping("/connections/{id}")
  ConnectionView one(@PathVariable long id) {
    return view(connections.require(id));
  }

  @Operation(summary = "Add a connection; its first sync begins by itself")
  @PostMapping("/connections")
  @ResponseStatus(HttpStatus.CREATED)
  ConnectionView create(@Valid @RequestBody ConnectionInput input) {
    return view(naming(() -> connections.create(input)));
  }

  @Operation(summary = "Change a connection; secrets that are left out stay")
  @PutMapping("/connections/{id}")
  ConnectionView update(@PathVariable long id, @Valid @RequestBody ConnectionInput input) {
    return view(naming(() -> connections.update(id, input)));
  }

  @Operation(summary = "What of its source is read")
  @GetMapping("/connections/{id}/scope")
  ConnectionInput.ScopeInput scope(@PathVariable long id) {
    return view(connections.require(id)).scope();
  }

  /**
   * Takes effect with the next run.
   *
   * @param reason kept in the history
   */
  @Operation(summary = "Choose what of its source is read")
  @PutMapping("/connections/{id}/scope")
  ConnectionInput.ScopeInput scope(
      @PathVariable long id,
      @Valid @RequestBody ConnectionInput.ScopeInput input,
      @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
    return view(connections.rescope(id, input, reason)).scope();
  }

  @Operation(summary = "Remove a connection and all that was read through it")
  @DeleteMapping("/connections/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
    connections.delete(id, reason);
  }

  @Operation(summary = "Try out a form: do address and credentials work, and what may they not see")
  @PostMapping("/connections/check")
  CheckView check(@Valid @RequestBody ConnectionInput input) {
    return check(naming(() -> connections.open(input)));
  }

  @Operation(summary = "Try out a saved connection")
  @PostMapping("/connections/{id}/check")
  CheckView check(@PathVariable long id) {
    return check(naming(() -> connections.open(id)));
  }

  @Operation(summary = "Projects or repositories to choose from, asked of the source by a form")
  @PostMapping("/connections/discover")
  Listed<ScopeElement> discover(
      @Valid @RequestBody ConnectionInput input,
      @RequestParam(defaultValue = "") @Size(max = 100) String query,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    return discover(naming(() -> connections.open(input)), query, limit);
  }

  @Operation(summary = "Projects or repositories to choose from, asked through a saved connection")
  @PostMapping("/connections/{id}/discover")
  Listed<ScopeElement> discover(
      @PathVariable long id,
      @RequestParam(defaultValue = "") @Size(max = 100) String query,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    return discover(naming(() -> connections.open(id)), query, limit);
  }

  @Operation(summary = "What the first sync will take, by a form")
  @PostMapping("/connections/estimate")
  EstimateView estimate(@Valid @RequestBody ConnectionInput input) {
    return estimate(naming(() -> connections.open(input)));
  }

  @Operation(summary = "What reading all of it takes, by a saved connection")
  @PostMapping("/connections/{id}/estimate")
  EstimateView estimate(@PathVariable long id) {
    return estimate(naming(() -> connections.open(id)));
  }

  private static EstimateView estimate(Opened opened) {
    try (var source = opened.source()) {
      var settings = opened.settings();
      return EstimateView.of(
          asking(opened, () -> source.estimate(settings.scope(), settings.startFrom())));
    }
  }

  private static CheckView check(Opened opened) {
    try (var source = opened.source()) {
      var result = asking(opened, source::check);
      return new CheckView(result.works(), result.account(), result.product(), result.missing());
    }
  }

  private static Listed<ScopeElement> discover(Opened opened, String query, int limit) {
    try (var source = opened.source()) {
      return new Listed<>(asking(opened, () -> source.discover(query, limit)), null);
    }
  }

  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** What a source refuses is told by the field that the person can correct. */
  private static <T> T asking(Opened opened, Question<T> question) {
    try {
      return question.ask();
    } catch (SourceFailure failure) {
      throw switch (failure) {
        case CredentialsRejected _ -> refused("CREDENTIALS_REJECTED", secret(opened), failure);
        case AccessDenied _ -> refused("ACCESS_DENIED", secret(opened), failure);
        case WrongProduct _ -> refused("WRONG_PRODUCT", "settings.baseUrl", failure);
        case RequestRefused _ -> refused("REQUEST_REFUSED", "settings", failure);
        case SourceUnavailable _, TooHeavy _, PositionExpired _, RateLimited _ ->
            refused("SOURCE_UNAVAILABLE", "settings.baseUrl", failure);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The secret that may be wrong, where there is only one. */
  private static String secret(Opened opened) {
    var names =
        opened.settings().secrets().keySet().stream()
            .filter(name -> !name.equals(FormRules.PROXY_PASSWORD))
            .toList();
    return names.size() == 1 ? "secrets." + names.getFirst() : "secrets";
  }

  private static Problem refused(String code, String field, SourceFailure failure) {
    return new Problem(
        HttpStatus.UNPROCESSABLE_CONTENT,
        code,
        "The source did not accept the connection",
        String.valueOf(failure.getMessage()),
        failure.remedy(),
        List.of(new FieldError(field, String.valueOf(failure.getMessage()))));
  }

  private static <T> T naming(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidSetting e) {
      throw Problem.invalid(e.field(), e.problem(), e.remedy());
    }
  }

  private static ConnectionView view(Connection connection) {
    var secrets = new TreeMap<String, Boolean>();
    connection.secrets.keySet().forEach(name -> secrets.put(name, true));
    var scope = connection.requireScope();
    return new ConnectionView(
        connection.requireId(),
        connection.connector,
        connection.name,
        new TreeMap<>(connection.settings),
        secrets,
        new ConnectionInput.ScopeInput(scope.include(), scope.exclude()),
        new ConnectionInput.NetworkInput(
            connection.network.get("proxy"), connection.network.get("caCertificate")),
        connection.startFrom,
        connection.version,
        connection.createdAt);
  }
}
