package dev.pulse.local.launcher;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** All programs of a checkout together. */
final class LocalStack {

  /** Who ends first: nobody loses what it still needs. */
  private static final List<String> ORDER_OF_ENDING =
      List.of(
          Programs.FRONTEND,
          Programs.BACKEND,
          RedisServer.NAME,
          Programs.ETL,
          Programs.SECOND_ETL,
          Programs.SIMULATOR,
          Programs.POSTGRES);

  private final Checkout checkout;
  private final Processes processes;
  private final Programs programs;
  private final Secrets secrets;
  private final Database database;
  private final Http http;
  private final GatewayApi api;

  LocalStack(Checkout checkout, Ports ports) {
    this.checkout = checkout;
    this.http = new Http();
    this.processes = new Processes(checkout);
    this.programs = new Programs(checkout, ports, http);
    this.secrets = new Secrets(checkout);
    this.database = new Database(checkout, ports, secrets);
    this.api = new GatewayApi(http, ports, secrets);
  }

  GatewayApi api() {
    return api;
  }

  Database database() {
    return database;
  }

  URI simulator() {
    return programs.url(Programs.SIMULATOR);
  }

  URI dashboard() {
    return programs.url(Programs.FRONTEND);
  }

  Optional<StartedProcess> process(String name) {
    return processes.find(name);
  }

  /**
   * Starts everything and returns when everything answers; what runs already in the same way is
   * left alone.
   *
   * @param scale of the simulated sources; without it there are none
   */
  void start(OptionalLong scale) {
    start(scale, Map.of());
  }

  /**
   * The same with settings of etl-service besides its usual ones.
   *
   * @param more by the names of environment variables
   */
  void start(OptionalLong scale, Map<String, String> more) {
    var postgres = programs.postgres(database);
    if (processes.find(Programs.POSTGRES).filter(StartedProcess::isAlive).isEmpty()) {
      database.endOrphan();
      database.forgetHalfUnpacked();
    }
    requireFreePorts(scale.isPresent());
    processes.start(postgres);
    var waitedFor = new ArrayList<Program>();
    if (scale.isPresent()) waitedFor.add(programs.simulator(scale.getAsLong()));
    waitedFor.add(programs.frontend());
    waitedFor.forEach(processes::start);
    processes.await(postgres);
    database.prepare();
    for (var service :
        List.of(
            programs.backend(database, secrets, Map.of()),
            programs.etl(database, secrets, scale.isPresent(), more))) {
      processes.start(service);
      waitedFor.add(service);
    }
    waitedFor.forEach(processes::await);
  }

  /**
   * Starts those nodes of etl-service that do not run, for simulated sources.
   *
   * @param count 1 or 2
   * @param more by the names of environment variables
   */
  void startNodes(int count, Map<String, String> more) {
    var nodes = new ArrayList<Program>();
    nodes.add(programs.etl(database, secrets, true, more));
    if (count > 1) nodes.add(programs.secondEtl(database, secrets, true, more));
    nodes.forEach(processes::start);
    nodes.forEach(processes::await);
  }

  /**
   * Starts the gateway anew as it runs in production, and waits until it answers.
   *
   * @param more by the names of environment variables
   */
  void startGateway(Map<String, String> more) {
    run(programs.measuredBackend(database, secrets, more));
  }

  /** Starts a Redis. */
  URI startRedis(RedisServer redis) {
    run(programs.redis(redis));
    return programs.redisUrl();
  }

  /** For asking etl-service itself. */
  SignedReads signedReads() {
    return new SignedReads(programs.url(Programs.ETL), secrets);
  }

  /** The administrator's generated password, the first time it is asked for. */
  Optional<String> takePassword() {
    return secrets.takePassword();
  }

  /**
   * Lets the gateway give the administrator another password.
   *
   * @return that password
   * @throws LauncherProblem if the database does not run
   */
  String resetAdministrator() {
    if (!database.answers()) {
      throw new LauncherProblem("The database does not answer.", "Run: scripts/pulse up");
    }
    run(programs.backend(database, secrets, Map.of("PULSE_ADMIN_RESET", "true")));
    var password = takePassword();
    run(programs.backend(database, secrets, Map.of())); // another start would reset it again
    return password.orElseThrow(
        () ->
            new LauncherProblem(
                "The gateway has made no password.", "Run: scripts/pulse logs backend-service"));
  }

  private void run(Program program) {
    processes.start(program);
    processes.await(program);
  }

  /** All of them before anything is started: half a stack helps nobody. */
  private void requireFreePorts(boolean withSimulator) {
    for (var name : ORDER_OF_ENDING) {
      // only benchmarks start one
      if (name.equals(Programs.SECOND_ETL) || name.equals(RedisServer.NAME)) continue;
      if (name.equals(Programs.SIMULATOR) && !withSimulator) continue;
      if (processes.find(name).filter(StartedProcess::isAlive).isEmpty()) {
        programs.ports(name).forEach(port -> Listener.requireFree(name, port));
      }
    }
  }

  /**
   * Connects the simulated sources and starts their first sync.
   *
   * @return the sources that this build of etl-service cannot read
   */
  List<String> connectDemo() {
    return new DemoConnections(api, http, programs.url(Programs.SIMULATOR)).make();
  }

  /**
   * Makes connections to the simulated sources and starts nothing.
   *
   * @return their ids
   */
  List<Long> connect(int count) {
    return new DemoConnections(api, http, programs.url(Programs.SIMULATOR)).connect(count);
  }

  /**
   * Ends what this checkout started, and nothing else.
   *
   * @return the names of what was ended
   */
  List<String> end() {
    var ended = new ArrayList<String>();
    for (var name : ORDER_OF_ENDING) {
      if (processes.find(name).filter(processes::end).isPresent()) ended.add(name);
    }
    if (database.endOrphan()) ended.add("a leftover PostgreSQL");
    return List.copyOf(ended);
  }

  StatusReport status() {
    var simulator =
        processes.find(Programs.SIMULATOR).isPresent()
            ? Stream.of(Programs.SIMULATOR)
            : Stream.<String>empty();
    var services =
        Stream.concat(Stream.of(Programs.FRONTEND, Programs.BACKEND, Programs.ETL), simulator)
            .map(this::service)
            .toList();
    var jobs = api.jobs();
    return new StatusReport(
        services,
        jobs.isPresent(),
        jobs.orElse(List.of()),
        new StatusReport.Database(database.jdbcUrl(), Database.USER, database.passwordFile()));
  }

  /** The names of the logs that there are. */
  List<String> logs() {
    return ORDER_OF_ENDING.stream().filter(name -> checkout.log(name).toFile().exists()).toList();
  }

  private StatusReport.Service service(String name) {
    var path = name.equals(Programs.SIMULATOR) ? Programs.SIMULATOR_PROBE : "/health";
    var url = programs.url(name);
    return new StatusReport.Service(name, url, http.answers(url.resolve(path)));
  }
}
